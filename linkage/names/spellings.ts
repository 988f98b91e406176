/**
 * Family names and given names that are spelt in several ways, one name a group: `head spelling spelling`. Written for this project
 * from general knowledge (CC0); no record of a person and no published list went in.
 */
export const spellings = `
Smith Smyth Smythe; Schmidt Schmitt Schmid Schmied; Schulz Schultz Schulze Schultze; Clark Clarke Clerk; Brown Browne;
Braun Brown; Thompson Thomson Tompson Thomsen; Stewart Stuart Steward; Reid Reed Read Reade; Phillips Philips Philipps
Phillipps; Nicholson Nicolson Nickolson; Stephens Stevens; Stephenson Stevenson; Allen Allan Alan Alleyn; Meyer Meier
Maier Mayer Meyr Mayr Myer; Hoffmann Hofmann Hoffman Hofman; Cohen Kohn Cohn Kohen Koen; Johnston Johnstone; Johnson
Jonson Johnsen; Jonsson Johnsson Jonson Johansson Johanson; Nielsen Nilsen Nelsen; Nilsson Nielson; Petersen Pedersen
Peterson Petersson; Andersen Anderson Andersson; Hansen Hanson Hansson; Olsen Olson Olsson; Christensen Kristensen
Christiansen Christenson; Larsen Larson Larsson; Jensen Jenson; Fischer Fisher; Miller Müller Mueller Muller Moller;
Weber Webber; Wagner Waggoner Wagener; Becker Baecker; Schneider Snyder Snider; Schröder Schroeder Schroder Schroter;
Krüger Krueger Kruger; Köhler Koehler Kohler; König Koenig Konig; Bäcker Baecker Backer; Schäfer Schaefer Schafer
Schaeffer Schäffer Shafer; Jäger Jaeger Jager Yaeger; Größe Grosse Gross; Weiss Weiß Weisz; Strauss Strauß Straus;
Voss Voß; Lehmann Lehman; Neumann Newman Neuman; Zimmermann Zimmerman; Kaufmann Kaufman Kauffman; Bauman Baumann;
Hartmann Hartman; Herrmann Hermann Herman; Gonzalez Gonzales Gonçalves Goncalves Gonsalves Gonzalés; Rodriguez
Rodrigues Rodrigez Rodriquez; Hernandez Hernandes Fernandez Ernandez; Fernandez Fernandes; Lopez Lopes; Perez Peres
Pires; Gomez Gomes; Martinez Martines Martins; Sanchez Sanches; Ramirez Ramires; Alvarez Alvares; Jimenez Gimenez
Ximenez Jimenes; Vasquez Vazquez Vasques Basquez; Velasquez Velazquez; Gutierrez Gutierres; Dominguez Domingues;
Mendez Mendes; Suarez Soares Suares; Chavez Chaves; Cortez Cortes; Ortiz Ortis; Diaz Dias; Ruiz Ruis; Muñoz Munos
Munoz; Nuñez Nunes Nunez; Ibañez Ibanez; Peña Pena; Quiroz Quiros; Valdez Valdes; Estevez Esteves; Marquez Marques;
Sousa Souza Suza; Melo Mello; Luis Luiz; Queiroz Queiros; Teixeira Teixera; Xavier Chavier; Batista Baptista; Matos
Mattos; Morais Moraes; Castelo Castello; Novais Novaes; Ivanov Ivanoff Ivanow Иванов; Ivanova Иванова; Petrov Petroff
Petrow Петров; Smirnov Smirnoff Смирнов; Popov Popoff Попов; Romanov Romanoff Романов; Kuznetsov Kusnezow Kuznetzov
Кузнецов; Sokolov Sokoloff Соколов; Novikov Новиков; Orlov Orloff Орлов; Tchaikovsky Chaikovsky Чайковский; Kowalski
Kowalsky Kovalsky Kovalski; Kovacs Kovač Kovac Kovach; Nowak Novak; Horvath Horvat Horváth; Popescu Popesco; Nguyen
Nguyễn Ngyuen Nguyan; Tran Trần; Pham Phạm; Hoang Huynh Huỳnh; Vo Vu Võ Vũ; Dang Đặng; Bui Bùi; Park Pak Bak Bark;
Choi Choe Choy; Jung Jeong Chung Chong Cheong; Yoon Yun Youn; Kwon Gwon Kweon; Ryu Yoo Yu Ryoo; Seo Suh Su; Bae Pae;
Baek Paik Paek Baik; Satoh Sato Satou; Itoh Ito Itou; Saito Saitoh Saitou; Kato Katoh Katou; Ohno Ono Oono; Ohta Ota
Oota; Goto Gotoh Gotou; Kondo Kondoh; Endo Endoh; Yuki Yuuki; Yoko Youko; Singh Sing Sinh; Kaur Kour Cor; Sharma Sarma
Shurma; Gupta Guptha; Agarwal Aggarwal Agrawal Aggrawal; Patel Patil; Reddy Reddi; Chaudhary Chowdhury Choudhury
Chaudhuri Choudhary Choudhry; Banerjee Bannerjee Bandyopadhyay Banerji; Mukherjee Mukerjee Mukhopadhyay Mukherji;
Chatterjee Chatterji Chattopadhyay; Das Dass; Bose Basu Bosu; Iyer Aiyar Iyar Ayyar; Nair Nayar Nayyar; Krishna Krisna
Krishnan; Lakshmi Laxmi Lakshmy Luxmi; Vijay Vijai Bijoy; Sri Shri Shree; Srinivas Shrinivas Srinivasan; Sanjay
Sanjai; Sunil Suneel; Anil Aneel; Rajesh Rajes; Ashok Asok; Deepak Dipak; Dinesh Dines; Mukesh Mukes; Pradeep Pradip
Pradeepa; Sandeep Sandip; Sudeep Sudip; Vikram Bikram; Vivek Bibek Viveka; Sita Seeta Seetha Sitha; Nita Neeta; Sunita
Suneeta; Anita Aneeta; Savita Sabita; Kavita Kabita Kavitha; Sarita Saritha; Bharat Bharath Varat; Ganesh Ganesan
Ganes; Suresh Sures; Ramesh Rames; Mahesh Mahes; Lalita Lalitha Lolita; Radha Radhika; Pooja Puja; Meena Mina; Leela
Lila; Sheela Shila Sheila; Usha Oosha; Asha Aasha; Arun Aroon; Varun Barun; Kamala Kamla Komala; Vimala Vimla Bimala;
Saraswati Saraswathi Sarasvati; Parvati Parvathi Parbati; Tewodros Theodros Tewedros Tedros; Haile Hayle Hailu; Gebre
Ghebre Gabre; Tesfaye Tesfay Tesfai; Yohannes Johannes Yohanes; Mulugeta Mulugheta; Girma Ghirma; Kebede Kebbede;
Bekele Beqele; Chinedu Chinedum; Oluwaseun Seun Oluseun; Oluwafemi Femi Olufemi; Oluwatobi Tobi; Babatunde Tunde;
Adebayo Bayo; Olayinka Yinka; Temitope Tope Temi; Ayodele Ayo Dele; Chukwuemeka Emeka; Ngozi Ngozichukwu; Ifeanyi Ify
Ifeanyichukwu; Obinna Obi Obinnaya; Nnamdi Namdi; Ikechukwu Ike Iyke; Chukwuma Chuma; Kwame Kwamena; Kofi Coffie
Koffi; Kwesi Kwasi Kouassi; Yaw Yao; Kwabena Kobina Kobby; Kwaku Kweku Kouakou; Ama Amma Amah; Efua Afua Afia; Diallo
Jallow Jalloh Dialo; Ba Bah; Sow So Sou; Traore Traoré Trawally; Diop Jobe Joob Diobe; Ndiaye Njie N'Diaye; Cisse
Ceesay Sesay Cissé; Camara Kamara; Conde Konde Condé; Toure Touray Turay Touré; Keita Keïta Kaita; Sissoko Cissokho
Sissokho; Diarra Jarra Jara; Konate Konaté Conateh; Kone Koné Konneh; Coulibaly Kulibali Koulibaly Culubali; Fofana
Fofanah; Macdonald Mcdonald Mcdonnell; Macleod Mcleod Mccloud; Mackay Mckay Mackey; Mackenzie Mckenzie; Mckinnon
Mackinnon; Maclean Mclean Mclain Mclane; Mcneil Macneil Mcneill Macneill; Mcintyre Macintyre; Mcgregor Macgregor;
Obrien Obrian Obryan; Oconnor Oconner Connor; Oneil Oneill Oneal Neil; Oreilly Oriley Reilly Riley; Reilly Riley
Rielly; Osullivan Sullivan; Odonnell Odonnel Donnell; Kelly Kelley; Murphy Murphey; Byrne Burn Burns Byrnes; Doherty
Dougherty Docherty; Kavanagh Cavanagh Kavanaugh; Gray Grey; Taylor Tailor Tayler; Hughes Huges; Davies Davis Davys;
Evans Evens; Harris Harries; Rogers Rodgers; Matthews Mathews; Jeffries Jefferies Jeffreys; Griffiths Griffith
Griffths; Lewis Louis; Lloyd Loyd; Pearce Pierce Peirce Pearse; Palmer Palmar; Shaw Shawe; Sinclair Saintclair
Stclair; Spencer Spenser; Lindsay Lindsey Lyndsay Lynsey Lindsy; Marshall Marshal; Leigh Lee Lea; Hall Hal; Hayes
Hays; Hicks Hix; Dixon Dickson; Nixon Nickson; Fraser Frazer Frasier Frazier; Graham Grahame Graeme Grayham; Burke
Bourke Burk; Connelly Connolly Conolly; Cook Cooke; Coleman Colman; Cunningham Cuningham; Elliott Elliot Eliot Eliott;
Foster Forster; Gibbs Gibs; Hudson Hutson; Jackson Jaxon; Lawson Lauson; Lowe Low; Middleton Midleton; Morrison
Morison; Osborne Osborn Osbourne; Parsons Parson; Paterson Patterson Pattison; Philpott Philpot; Porter Portor;
Robertson Robertsen; Robinson Robison; Rowe Roe; Sanders Saunders; Shepherd Sheppard Shepard Shephard; Sims Simms;
Simpson Simson; Sutherland Southerland; Tyler Tiler; Walsh Welsh Welch; Watts Wats; Webb Web; White Whyte; Wilkinson
Wilkenson; Willis Wills; Wright Right; Young Yung; Aidan Aiden Ayden Aden; Caleb Kaleb; Jayden Jaiden Jaden Jaydon;
Kayla Kaila; Kaylee Kailey Kayleigh Caleigh; Hailey Hayley Haley Hailee Hayleigh; Riley Rylee Ryley Reilly; Mackenzie
Makenzie Mckenzie; Madison Maddison Madisyn; Chloe Khloe; Zoe Zoey; Ashley Ashleigh Ashlee Ashlie; Ashton Ashtyn;
Brianna Breanna Briana; Kiera Keira Kira Ciara; Ciaran Kieran Keiran; Connor Conner Conor; Dylan Dillon Dilan; Ethan
Ethen; Imogen Imogene; Jasmine Jasmin Jazmine; Kyle Kile; Lachlan Lachlin Lochlan; Luca Luka; Mia Mya; Nathan Nathen;
Niamh Neve; Rhys Reece Rees Reese; Ryan Rian; Seth Sef; Shannon Shanon; Tahlia Talia Thalia; Teagan Tegan Teegan;
Zachary Zackary; Alana Alanna Allana Lana; Aleisha Alisha Alicia Alysha; Annabel Annabelle Anabel Anabelle; Bethany
Bethanie Bethan; Brodie Brody; Caitlin Katelyn Kaitlin Caitlyn Kaitlyn Katelin; Charlee Charlie Charley Charli; Elle
Elly Ellie; Erin Aerin Eryn; Georgia Jorja; Isaac Issac; Isabella Izabella; Jarrod Jared Jarred Jarod; Kirra Kira;
Logan Logen; Lucy Lucie; Marcus Markus; Mitchell Mitchel; Phoebe Pheobe Phebe; Sienna Siena; Sophie Sofie; Stella
Stela; Summer Sommer; Taylah Tayla Taylor; Tara Tarah; Tiana Tianna; Tyson Tyzen; Xavier Zavier; Tracy Tracey Tracie;
Stacey Stacy Stacie; Sherry Sherri Cheri Sheri; Cheryl Sheryl; Shelby Shelbi; Terri Terry; Toby Tobey; Wayne Wain;
Philippa Phillippa; 김 Kim Gim; 이 Lee Yi; 박 Park Pak;
최 Choi Choe; 정 Jung Jeong; 강 Kang Gang; 조 Cho Jo; 윤 Yoon Yun; 장 Jang Chang; 임 Lim Im; 한 Han; 오 Oh O; 서 Seo Suh; 신 Shin Sin;
권 Kwon Gwon; 황 Hwang; 안 Ahn An; 송 Song; 류 Ryu Yoo; 유 Yoo Yu; 홍 Hong; 전 Jeon Chun; 고 Ko Go; 문 Moon Mun; 양 Yang; 손 Son Sohn; 배 Bae
Pae; 백 Baek Paik; 허 Heo Hur Huh; 남 Nam; 심 Shim Sim; 노 Noh Roh; 곽 Kwak Gwak; 성 Sung Seong; 주 Joo Ju; 우 Woo; 구 Koo Gu Ku; 진 Jin Chin
`
