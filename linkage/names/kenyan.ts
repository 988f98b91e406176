/**
 * Names that registries spell in several ways, one name a group: `head variant variant; head variant`. Words of one
 * name are written together. Written for this project from general knowledge (CC0); no record of a person went in.
 */
/** Kikuyu, Luo, Luhya, Kamba, Kalenjin, Meru, Somali, Swahili and Christian names. */
export const kenyanNames = `
John Jon; Joseph Josephat; Peter Petro; David Davis; James Jemes; Samuel Samwel; Daniel Danie; Stephen Steven
Stephene; Brian Bryan; Dennis Denis; Kelvin Kevin; Victor Vikta; Moses Musa; Francis Fransis; Charles Charlse; Vincent
Vicent; Geoffrey Jeffrey Jeoffrey Geofrey; Isaac Isack; Evans Evance; Paul Pauls; Simon Saimon; George Jorge; Patrick
Patric; Collins Colins; Elijah Elija; Titus; Erick Eric Erik; Duncan Dancan; Philip Phillip Filip; Benard Bernard;
Wycliffe Wyclif Wickliffe; Hezron Esron; Mary Merry; Grace Gres; Faith Feith; Mercy Mercie; Jane Jayne Jen; Elizabeth
Elisabeth; Ann Anne Anna; Margaret Magret Margret; Catherine Katherine Cathrine Catharine; Esther Ester Esta; Ruth
Rut; Joyce Joice; Lucy Lucie; Rose Roz; Sarah Sara Sera; Agnes Agnis; Susan Suzan; Florence Florenze; Beatrice
Beatris; Nancy Nansy; Caroline Carolyne Carolyn; Lilian Lillian Lilyan; Dorcas Dorcus Dokas; Pauline Paulin; Eunice
Unis; Winnie Winny Winfred; Gladys Gladies; Sharon Sheron; Brenda Brendah; Purity Puriti; Veronica Veronicah; Sharleen
Sharlene; Mwangi Muangi; Kamau Kamao; Njoroge Njorogi Njoroje; Kariuki Kariũki Kariuku; Maina Mayina; Kimani Kĩmani;
Njuguna Njugũna; Kinyanjui Kinyanjuwi; Mbugua Mbũgua; Waweru Wawerũ; Githinji Gĩthĩnji Githingi; Gitau Gĩtaũ; Karanja
Karanga; Macharia Macaria; Ndung'u Ndungu Ndung’u; Ng'ang'a Nganga Ng’ang’a Nga'nga; Muchiri Mucheri; Muriithi Murithi
Mureithi; Wainaina Wainana; Kuria Kuriah; Thuo Thuwo; Irungu Irung'u; Wanjiku Wanjikũ; Wanjiru Wanjirũ; Wambui Wamboi
Wambuwi; Njeri Jeri Njery; Wangari Wangarĩ; Nyambura Nyambũra; Wairimu Wairimũ Wairemu; Waithera Waithira; Wangui
Wangoi; Muthoni Mũthoni; Wanjugu; Nyokabi Nyakabi; Njoki Joki; Mumbi Mũmbi; Waceera Wachera Wacera; Gathoni; Wamaitha;
Wacuka Wachuka; Otieno Othieno; Odhiambo Odiambo; Ochieng Ochieng' Ochien'g; Omondi Omodi; Owino; Onyango Onyang'o;
Okoth Okot; Ouma Owuma; Opiyo Opio; Odongo Odong'o; Oduor Oduol; Okello Okelo; Ogola Ogolla; Otiende; Oluoch Oloch;
Owuor; Ojwang Ojuang Ojwang'; Okumu; Atieno Athieno; Adhiambo Adiambo; Achieng Achieng' Achien'g; Akinyi Akinyii;
Anyango Anyang'o; Akoth Akot; Auma Awuma; Apiyo Apio; Adongo Adong'o; Awuor Awuol; Atoo; Awino; Akeyo; Aluoch Aloch;
Achola; Wafula Wavula; Wekesa Wekessa; Simiyu Simiu; Barasa Baraza; Wanjala Wanyala; Juma Jumah; Shikuku Sikuku;
Makokha Makoha Makhokha; Masinde Masindeh; Kisaka; Mukhwana Mukwana; Khaemba Kaemba; Muchanga; Situma Stuma; Wasike
Wasikhe; Lusweti Luswetti; Nafula Navula; Nekesa Nekessa; Nasimiyu Nasimiu; Nanjala Nanyala; Naliaka Naliyaka; Nelima
Nelimah; Nekoye; Khasoa Khasoha; Ayuma; Auma; Kageha Kagehah; Imali; Nabwire Nabwile; Naswa Nasua; Mukhwana; Mutua
Mutuah; Musyoka Musioka; Muthama Muthamah; Kioko Kyoko; Mutiso Mutisso; Mwendwa Muendwa; Kilonzo Kilonso; Nzioka
Nzyoka; Muli Muly; Mutuku Mutukuh; Musembi Musembe; Ndolo Ndollo; Kyalo Kialo; Mulwa Mulua; Makau Makao; Munyao
Munyau; Wambua Wambuwa; Mwikali Muikali; Mueni Mweni; Wayua Waiua; Ndanu Ndanuu; Mumbua Mumbuah; Kavata; Syombua
Siombua; Nduku Ndukuh; Katunge Katungeh; Mbithe Mbithi; Wanza Wansa; Kanini; Ndinda; Mutheu Mutheo; Kasyoka Kasioka;
Kiprono; Kipchumba Kipchuma; Kipkemboi Kipkemoi; Kiptoo Kipto; Kipkoech Kipkoich; Kiplagat Kiplagatt; Kibet Kibett;
Kiprotich Kiprotitch; Kipruto Kiprutto; Cheruiyot Cheruyot Cherwiyot; Koech Koich; Rotich Rotitch; Langat Lang'at
Lang’at Langatt; Korir Koril; Bett Bet; Sang Sanga; Mutai Muttai; Ng'eno Ngeno Ng’eno; Chebii Chebi; arapMoi ArapMoi;
Kimutai; Chepkoech Chepkoich; Cherono Cherrono; Jepkemboi Chepkemboi Jepkemoi; Chebet Jebet Chebett; Jeptoo Cheptoo
Jepto; Chepngetich Chepng'etich; Jerotich Cherotich; Chepkirui Chepkurui; Jelagat Chelagat Chelangat; Chemutai
Jemutai; Jepchumba Chepchumba; Chepkorir; Jerono Cherono; Jeruto Cheruto; Mwirigi Mwirichia; Muthuri; Kirimi; Mutuma
Mutumah; Koome Kome; Gitonga Githonga; Mugambi Mugambih; Muriuki Mureuki; Kimathi Kimathe; Kathure Kathuure; Makena
Makenna; Kendi Kende; Karimi Karimie; Gatwiri Gatuiri; Mwendwa Mwende; Nkatha Gatha; Kagwiria Kaguiria; Kinya; Mohamed
Mohammed Muhamed Mahamed Mohammad; Abdi Abdhi; Hassan Hasan; Ahmed Ahmad Axmed; Ali Aly; Ibrahim Ibraahim Abrahim;
Omar Umar Cumar; Abdullahi Abdulahi Abdilahi; Hussein Hussain Hussen Xuseen; Adan Aden Adam Aadan; Issack Isaack Isaaq
Ishaq; Noor Nur Nuur; Osman Usman Cusmaan; Yussuf Yusuf Yusuph Yousuf; Abdirahman Abdurahman Abdulrahman AbdiRahman;
Mohamud Mahmoud Maxamuud; Farah Faarax; Bashir Basheer; Salah Salaah; Dahir Daahir; Fatuma Fatma Fatima Faduma; Halima
Haliima Haleema; Amina Aamina Aminah; Khadija Khadijah Hadija Khadijo; Asha Aisha Aysha Caasha; Maryan Mariam Maryam
Mariamu; Zeinab Zainab Zaynab Saynab; Hawa Xaawo Hawo; Habiba Habibah; Sahra Zahra Saara; Nasra; Ubah; Hodan; Rukia
Ruqiya Rukiya; Zamzam; Juma; Hamisi Hamis Khamis; Rashid Rashidi; Salim Salimu; Saidi Said Saeed; Bakari Bakar
Abubakar; Athumani Athman Othman; Kazungu; Katana; Charo; Karisa Kharisa; Baya; Mwanaisha MwanaIsha; Mwanajuma; Saumu
Saum; Zuhura Zuhra; Kadzo; Sidi; Kache; Dama; Riziki; Bahati; Mwanahamisi Mwanahamis; Pili; Odinga; Nyerere; Mutahi;
Karani; Mwaura; Wanyama Wanyamah; Mulei; Musau Musao; Kirui Kirwi; Sigei Sigey; Chelimo; Limo; Wario Waryo; Guyo;
Galgalo; Lokol; Ekai Ekaai; OleNtimama Olentimama; Saitoti; Lemaiyan Lemayian; Nkaissery
`
