/**
 * Short and pet forms, one name a group: `head form form; head form`. A form that stands for several names stands in several
 * groups: Bert may be Robert or Albert, and these two stay two names. Written for this project from general knowledge (CC0);
 * no record of a person and no published list went in. The head is a name that nobody takes for another group's.
 */
const english = `
Robert Rob Bob Bobby Bobbie Robbie Robby Bert Roberto; William Bill Billy Billie Will Willy Willie Liam Wilhelm Willem
Guillaume Guillermo Bil Wm; Elizabeth Liz Lizzie Lizzy Beth Betty Bette Bettie Betsy Bess Bessie Eliza Libby Lisa
Elsie Lisbeth Elise Elspeth Liza Lise Liesel Elisabeth Elizabet Elisa Lilibet Babette Elisabetta Elzbieta; Isabella
Isabel Isabelle Isobel Izabela Bella Belle Ysabel Izzy Issy Ishbel; Margaret Maggie Meg Megan Peggy Peg Madge Marge
Margie Margo Margot Greta Maggy Margarita Margherita Marguerite Margarete Margrit Gretchen Gretel Margareta Magda Mags
Mairead Peggie Margaretha; Catherine Katherine Kathryn Kate Katie Katy Kathy Cathy Kat Kitty Kay Katharine Cath Kath
Katrina Katarina Ekaterina Yekaterina Katya Katia Catalina Caterina Kit Karin Katrin Kati Trina Cathie Kathie Catarina
Catrin Cathryn Katharina; Richard Rich Rick Ricky Dick Dickie Richie Rickey Ricardo Riccardo Ritchie; John Jack Johnny
Johnnie Jackie Jonny Jock Juan Jean Johann Johannes Hans Jan Giovanni Gianni Joao Yohana; Jonathan Jon Jonny
Johnathan Jonathon Johnathon; James Jim Jimmy Jamie Jimmie Jem Hamish Seamus Jas Jimi; Jacob Jake Jakob Jacques Yakub
Yaqub Jakub Giacomo Jago Iacob Yakov; Thomas Tom Tommy Thom Tommie Tomas Tommaso Tomasz Tam; Charles Charlie Chuck
Chas Charley Carl Karl Carlos Carlo Chip Karel Carlito; Edward Ed Eddie Ted Ned Teddy Eddy Eduardo Eduard Edvard
Edouard Edoardo Ward; Edmund Ed Eddie Ned Ted Edmond Edmundo; Edwin Ed Eddie Edwyn; Edgar Ed Eddie; Henry Harry Hank
Hal Henri Heinrich Enrique Enrico Hendrik Heinz Henrik Henk Harri Henrique; Harold Harry Hal Harald; Harrison Harry;
George Georgie Jorge Georg Jurgen Giorgio Georges Georgios Georgi Jerzy Juergen Geo; Joseph Joe Joey Jo Josef
Jose Pepe Giuseppe Yosef Beppe Sepp Jozef Josep Jos; Michael Mike Mick Micky Mickey Mikey Miguel Michel Mikhail Misha
Michele Mikael Mikhael Mitch Michal Mihail Micheal Micah; Mitchell Mitch; David Dave Davey Davy Dai Davide Dawid Daud
Dawood Davie; Daniel Dan Danny Dannie Danila Daniil Danilo; Samuel Sam Sammy Samuele Shmuel; Samantha Sam Sammy Sammie
Manty; Benjamin Ben Benny Benji Bennie Benjy Jamin Binyamin Veniamin; Benedict Ben Benny Benedikt Benito Benoit;
Matthew Matt Mat Matty Mathew Matthias Mathias Mateo Matteo Matthieu Mathieu Matvei; Anthony Tony Antony Anton Antonio
Antoine Toni Ant Antonius; Antonia Toni Tonia Tonya Antonina Antoinette Tonie Nettie; Andrew Andy Drew Andre Andreas
Andrei Andrey Andrzej Andres Andrea Andie Anders Andriy Ondrej; Alexander Alex Al Alec Alexandre Alejandro Aleksandr
Aleksander Sasha Sacha Sandy Lex Xander Zander Alexandr Alessandro Sanya Shura Alasdair Alistair Alastair Alister
Aleks Oleksandr Alick; Alexandra Alex Alexa Sandra Sasha Sandy Lexi Lexie Alexis Alejandra Aleksandra Alexandria
Alessandra Sacha Xandra Oleksandra Shura; Alexis Alex Lexi Lexie Alexei Aleksei Alexey Aleksey Alyosha Lyosha
Oleksiy Alexius; Alfred Alf Fred Al Alfie Freddie Alfredo Freddy; Frederick Fred Freddie Freddy Rick Fritz Frederic
Frederik Friedrich Federico Fredrick Fredric Fredrik Frederico Frits; Albert Al Bert Alberto Bertie Albrecht Adalbert;
Herbert Herb Bert Herbie Heriberto Bertie; Hubert Bert Hugh Umberto Hubertus; Gilbert Gil Bert Gib Gilberto; Norbert
Bert Norberto; Bertram Bert Bertie; Hugh Hughie Hugo Huw Ugo; Francis Frank Fran Frankie Franz Francois Francesco
Francisco Paco Pancho Franco Ferenc Frans; Franklin Frank Frankie; Frances Fran Fanny Francesca Francoise Franziska
Francisca Frankie Francine Franny; Lawrence Larry Laurie Laurence Lorenzo Lars Laurent Lorenz Lorne Loren Lawrie;
Laura Laurie Lori Laurel Laure Lorie; Lauren Laurie Loren; Stephen Steven Steve Stevie Stefan Stephan Esteban Stefano
Stepan Etienne Estevao Ste Steph; Stephanie Steph Steff Stefanie Stefania Estefania Stephany; Peter Pete Pedro Pierre
Piotr Pyotr Pietro Petr Petros Boutros Pieter Peder Per; Patrick Pat Paddy Patricio Padraig Patrik; Patricia Pat Patty
Patti Tricia Trish Trisha Patsy Patrice Patrizia; Paul Paulie Pablo Paolo Pavel Paulo Pawel Pol Boulos; Paula Pauline
Paulina Polly Paulette Paola Pavlina; Philip Phil Pip Phillip Felipe Philippe Filippo Filip Philippos Flip; Philippa
Pippa Pip Phillipa Filippa; Christopher Chris Kit Topher Kris Christoph Cristobal Cristopher Kristopher Christophe
Krzysztof Kristoffer Christofer Cris; Christian Chris Kris Cristian Kristian Christiaan; Christine Christina Chris
Chrissy Chrissie Tina Kristina Kristine Christy Christie Kirsten Cristina Kristen Kirstie Kirsty Krystyna Kristy
Kirstin Kristin Christa Krista Christen Kris Stina; Christiane Christiana Chris; Crystal Krystal Chrystal Cristal
Christal; Timothy Tim Timmy Timmie Timofei Timoteo Tymofiy; Nicholas Nick Nicky Nic Nico Nicolas Nikolai Nikolay Kolya
Nikolaus Klaus Nicola Claus Nikolaos Miklos Niccolo Mikolaj Nicolaas Nicolai Nicolo Nikos Niklas; Nicole Nicky Nikki
Nicola Nicolette Nic Niki Nicki Nichole Nikola Colette; Gregory Greg Gregg Gregorio Grigori Grigory Grisha Gregor
Grzegorz Hryhoriy Gregoire; Jeffrey Jeff Geoffrey Geoff Jeffery Jeffry Godfrey Gottfried; Gerald Gerry Jerry Gerhard
Gerard Gerardo Gerd Gerrit Geraldo; Geraldine Gerry Geri Gerri; Jeremy Jerry Jem Jeremiah Jez Jeremias Jeremie
Yeremia; Jerome Jerry Gerome Hieronymus Geronimo; Kenneth Ken Kenny Kent Kenith; Kendall Ken; Kelvin Kel; Ronald Ron
Ronny Ronnie Ronaldo Reinaldo; Donald Don Donny Donnie Donal; Raymond Ray Ramon Raimundo Raimund Raymundo; Leonard Len
Lenny Leo Leon Leonardo Lennie Leonhard Leonid; Leopold Leo Poldi Leopoldo; Walter Walt Wally Wal Gualtiero Walther;
Arthur Art Artie Arturo Artur; Douglas Doug Dougie Duggie; Dominic Dom Nick Domenico Domingo Dominick Dominik
Dominique Nicky; Vincent Vince Vinnie Vin Vincenzo Vicente Vinny Vinzenz Vikenti; Victor Vic Viktor Vittorio Vitor;
Victoria Vicky Vicki Tori Vikki Vickie Viktoria Vittoria Viki Vika Vic; Virginia Ginny Ginger Ginnie Virginie Gina;
Susan Sue Susie Suzy Suzie Suzanne Susanna Susannah Suzanna Susana Zuzana Shoshana Susanne Sanna Sukey Suzette;
Deborah Deb Debbie Debra Debby Debi Debora Devora; Barbara Barb Babs Barbie Bab Varvara Barbra Barbora; Jennifer Jen
Jenny Jenn Jennie Jenna Jenifer Ginevra Guinevere; Jane Jan Janie Janey Jenny Jeanne Jayne Jana Janette Jeannette
Jeanette Jeannie Jeanie Jehanne; Joanna Joanne Jo Joan Johanna Ioana Joann Jody Giovanna Ivana Yana Yoana Joana;
Josephine Jo Josie Josefina Josefa Josefine Fifi Giuseppina Pepita Josepha; Jodie Jody Jodi; Judith Judy Judi Jude
Judie Yehudit; Julia Julie Jules Juliet Julianne Juliana Yulia Giulia Juliette Iulia Jula Julianna Yuliya Yuliana;
Gillian Jill Gill Gilly Jillian; Julian Jules Julius Julio Giuliano Julien Giulio Juliano; Anne Ann Anna Annie Nan
Anita Annette Anya Ana Nanette Anneke Anja Annika Annelise Anushka Anni Anouk Anka Ania Anais Ane; Hannah Hanna
Channah; Angela Angie Angelina Angelica Ange Angelika Angelique Angeles; Amanda Mandy Mandi Amandine; Melissa Mel
Missy Lissa Melisa; Melanie Mel Melany Melania; Melinda Mel Mindy Linda Lindy; Linda Lin Lindy Lynda Lyn Lynn; Belinda
Linda Lindy Bel; Miranda Randi Mandy Mira; Michelle Shelly Mickey Michele Michaela Shelley Chelle Micheline Mikaela;
Michaela Mikaela Micky Micaela Mikayla Makayla; Mary Molly Polly Marie Maria Mae Mamie Mariah Maryam Mariam Marian
Masha Marya Marija Mitzi Minnie Mimi Mia Manon Mariana Maire Mari Marja Mariya Marietta Mariette Mariella Marika Manya
Mariia Maja; Marianne Mariana Maryann Marianna MaryAnn Maryanne Mariane; Martha Marty Mattie Marta Marthe Patty;
Martin Marty Martinus Martino Marten Martyn Maarten; Matilda Tilly Mattie Tilda Maud Mathilda Mathilde Maude Matilde
Tillie; Theresa Teresa Terry Terri Terese Resi Therese Tereza Teri Theresia Terezinha; Terence Terry Terrence Terrance
Tel Terrell; Theodore Ted Teddy Theo Fyodor Teodoro Theodor Fedor Feodor Teodor Tad; Theodora Dora Theo Teodora
Fedora; Dorothy Dot Dottie Dolly Dory Dorothea Dorothée Dorota Dee Dodie Dotty Dora Thea Dorotea; Eleanor Ellie Nell
Nelly Nora Elinor Leonora Eleanora Lenore Nellie Eleonora Eleonore Leonor Elenor Eleonor; Helen Nell Nelly Helena
Elena Helene Lena Yelena Ellie Olena Alena Nellie Lenka Eleni Hélène Elene Lene Leni; Ellen Ellie Nell Nellie Elena
Elle; Emily Em Emmie Millie Emilia Emilie Emmy Milly Emely Emelie; Amelia Millie Mia Milly Amalia Amelie Melia Amalie;
Emma Em Emmy Ema Emmeline; Millicent Millie Milly; Mildred Millie Milly; Abigail Abby Gail Abbie Abbey Gayle Avigail;
Rebecca Becky Becca Beck Bec Rebekah Reba Rebeka Rivka Rebeca Beckie; Rachel Rae Rach Rachael Raquel Shelly Rahel
Rachelle Raquelle Rachele; Sarah Sally Sadie Sara Sal Sallie Sarita; Charlotte Lottie Charlie Carlotta Lotte Lotty
Char Carlota Charly Tottie; Caroline Carrie Carol Carolyn Caro Carolina Karoline Lina Karolina Carly Carole Caroll
Karolyn; Carol Carole Karol Caryl; Florence Flo Florrie Flossie Florencia Fiorenza Florentina; Frederica Fred Freddie
Rica Friederike; Gabriel Gabe Gabriele Gabriyel Jibril Gavriil Gavrila Gabi; Gabrielle Gabby Gabi Gabriela Gabriella
Gaby Gabriele; Genevieve Gen Jenny Ginny Genoveva Ginette Viv; Georgina Georgie Gina Georgia Georgiana Georgette
Georgiane Gigi; Regina Gina Reggie Reina; Reginald Reg Reggie Reynold Rex Reinhold Reynaldo Rinaldo; Russell Russ
Rusty; Roger Rog Rodger Rogerio Ruggero Rutger Rüdiger; Roderick Rod Roddy Rory Rick Rodrigo; Rodney Rod Roddy; Roland
Rolly Rollo Orlando Rolando Rowland Roelant; Rudolph Rudy Rudi Rolf Rudolf Dolf Rodolfo; Adolph Dolf Adolf Adolfo;
Randolph Randy Randall; Samson Sam; Sebastian Seb Bastian Sebastien Sebastiao Bas Sebastiano; Simon Si Simeon Shimon
Simao Semyon Simone Symon Szymon; Solomon Sol Solly Salomon Salomone; Zachary Zach Zack Zac Zachariah Zak Zakaria
Zacharias Zakariya Zachery Zackary; Nathaniel Nat Nate Nathan Nathanael; Nathan Nat Nate Natan; Natalie Nat Talia
Nathalie Natalia Natalya Natalja Nataliya; Natasha Tasha Nat Talia; Oliver Ollie Olly Olivier Noll Oliviero; Olivia
Liv Livvy Ollie Livia Olive; Oscar Oskar Ozzie; Oswald Ozzie Oz Osvaldo; Tobias Toby Tobie Tobin; Wallace Wally;
Wilfred Wilf Fred Wilfried Wilfredo; Winifred Winnie Win Freda; Winston Winnie Win; Zebulon Zeb; Joshua Josh Yeshua;
Josiah Joe Jos; Judah Jude Judas Yehuda; Jessica Jess Jessie Jessy Jesica; Jesse Jess Jessie; Jasmine Jaz Yasmin Jas
Jasmin Yasmine Yasmeen Jazmin Jessamine; Kimberly Kim Kimmy Kimberley Kym; Cynthia Cindy Cyndi Cinthia Cyn; Lucinda
Lucy Cindy Lu; Lucy Lucia Luz Lucille Lucie Lou Lulu Lucienne Luciana Lucila Luca; Luke Lucas Luca Lukas Lukasz Luka
Luc; Louis Lou Louie Lewis Luis Ludwig Luigi Lew Luiz Ludovic Ludovico Lodewijk Loys; Lewis Lew Lewie Louis; Louise
Lou Louisa Luisa Lulu Luise Eloise; Madeline Maddie Maddy Madeleine Madelyn Madge Lena Magdalena Magdalene Maddalena
Magda Madalena Mady Lina Marlene Malena; Marjorie Marge Margie Marj Margery Marjory; Millard Mill; Nancy Nan Nance
Nancie; Pamela Pam Pammy Pamella; Penelope Penny Pen Pennie Nell; Priscilla Cilla Prissy Pris Priscila; Prudence Prue
Pru; Roberta Bobbie Bobby Robin Robyn Berta; Robin Robyn Rob; Rosalind Roz Ros Rosalyn Rose Rosalinda; Rosemary Rose
Rosie Romy Rosemarie Rosmarie; Rose Rosie Rosa Rosita Rosalie Rosina Roza Rosalia Roos; Roxanne Roxy Roxana Roxane;
Ruth Ruthie Rut; Sabrina Brina Bri; Sandra Sandy Sandie Saundra Sondra Alessandra Cassandra; Cassandra Cass Cassie
Sandy Kassandra; Shirley Shirl Lee; Sophia Sophie Sofia Sofie Sonia Sonya Zofia Sonja Sofya Sofiya Sofija Zsofia;
Sylvia Sylvie Silvia Syl Silvie; Tabitha Tabby Tab; Tamara Tammy Tamar Toma Tamra; Ursula Ulla Uschi Orsola Ursel
Ursulina; Valerie Val Valeria Valery; Valentine Val Valentin Valentino; Valentina Val Valya; Vanessa Nessa Ness;
Veronica Ronnie Vera Veronika Roni Veronique Nika Berenice Vroni; Vivian Viv Vivienne Viviana Vivien Bibiana; Wendy
Wen Gwendolyn; Gwendolyn Gwen Wendy Gwenda Gwendoline Gwenn; Yvonne Vonnie Evonne Ivonne; Yvette Evette Ivette; Zoe
Zoey Zoya; Eve Eva Evie Ewa Evita Evka; Evelyn Eve Evie Evelina Evlyn Evaline Lyn Eveline; Edith Edie Edyth Edita
Ditte; Edna Eddie; Ernest Ernie Ernst Ernesto Erny; Eugene Gene Evgeny Yevgeny Eugenio Evgeni Eugen Evgeniy Yevgeniy
Yevgeni Evgenii Zhenya Gena Eugenius; Eugenia Genie Evgenia Yevgenia Evgeniya Zhenya Gina; Ezekiel Zeke Ezequiel;
Elijah Eli Ilya Elias Ellis Ilia Eliya Ilie Lije; Emanuel Manny Emmanuel Manuel Manolo Manu Manoel Immanuel Manolis;
Emmanuelle Emma Manuela Emanuela; Augustine Gus Augustus August Austin Agustin Augie Agostino Agostinho Augusto
Gustin; Gustav Gus Gustavo Gustave Gösta Gustaf; Arnold Arnie Arnaldo Arno Arnaud; Archibald Archie Baldie; Barnabas
Barney Barnaby Bernabe; Bernard Bernie Barney Bernardo Bernd Bernhard Benard Nardo; Bernadette Bernie Detta Bernadete;
Bartholomew Bart Bartolome Bartek Bartolomeo Barth; Bradley Brad Bradly; Bradford Brad; Brandon Brand Brendan; Bridget
Biddy Bridie Brigid Brigitte Birgit Britta Brigida Bridgette Gitte; Calvin Cal Vin; Cameron Cam; Camilla Millie Cam
Camille Milla Camila Kamila; Cecilia Cissy Celia Sheila Cecily Cecile Cilla Cicely Cecelia Silke; Celeste Celestine;
Chester Chet; Clarence Clare; Clara Claire Clare Chiara Klara Clarissa Clair; Claudia Claude Claudine Klaudia; Clement
Clem Klemens Clemente; Clifford Cliff Clif; Clifton Cliff; Clinton Clint; Constance Connie Constanza Costanza
Konstanze Connee; Constantine Kostya Konstantin Costa Dino Gus Constantin Kostas Constantino; Cornelius Neil Corneel
Cornel Kees Corney; Cornelia Nell Corrie Connie Nelly; Cyril Cy Kirill; Cyrus Cy Kourosh; Curtis Curt Kurt; Conrad
Kurt Konrad Con Corrado Connie; Delilah Lila; Delia Dee; Denise Denny Denisse; Dennis Denny Denis Den; Diana Di Diane
Dianne Dyan Dianna; Dolores Lola Lolita Dolly Delores; Donna Dona; Doris Dot Dorrie; Duncan Dunc; Dwight Ike; Isaac
Ike Izzy Isaak Ishaq Itzhak Yitzhak Zak; Isidore Izzy Isidor Isidro Isidoro; Israel Izzy; Jackson Jack; Jacqueline
Jackie Jacqui Jacky Jacquelyn Jaclyn Jaqueline Jacki; Janet Jan Jenny Jannette Nettie; Jared Jerry; Jason Jay Jase;
Joel Jo; Joyce Joy Joice; Justin Jus Justino Yustin; Justine Tina Justina; Kathleen Kathy Kath Kay Cathleen Kate Katie
Kit Kathi; Kelly Kel Kelley Kellie; Leah Lea Lia; Leroy Roy Lee; Leslie Les Lesley Lee; Lester Les; Lillian Lily Lil
Lilly Lilian Liliana Lilia Lillie Liliane; Lily Lilly Lillie Lili; Lorraine Lori Lorrie; Lydia Lidia Liddy Lidiya;
Mabel Amabel Mab; Malcolm Mal Colm; Marcus Mark Marc Marco Marcos Marek Markus Marius; Marcia Marsha Marcie Marcy;
Marilyn Lyn Marylyn Marilynn Mal; Maurice Morris Mo Moritz Mauricio Maurizio Moe Maury; Maximilian Max Maxim Maks
Massimiliano Maksymilian; Maxim Max Maksim Maxime Massimo Maksym Maximo; Maxwell Max; Maxine Max; Melvin Mel Melvyn;
Mervyn Merv Mervin; Meredith Merry; Montgomery Monty; Montague Monty; Morgan Mo; Morton Mort Morty; Muriel Mur; Myron
Ron; Neil Neal Niall Neill Nigel; Norman Norm Norrie; Nora Norah Honora Noreen; Otto Odo Otho; Pascal Pascual Pasquale
Pascoe Paschal; Percival Percy; Peregrine Perry; Phyllis Phil Phyl Filis; Quentin Quinn Quintin; Rafael Raphael Rafe
Raffaele Raf Rafa Rafaelle; Ralph Rafe Raoul Raul Ralf; Randall Randy Rand; Rebecca Becky; Rhoda Roda; Rhonda Ronda
Ronnie; Rufus Rufe; Salvatore Sal Salvador Toto Salvadore; Seymour Sy; Shannon Shan; Sharon Shari Shaz Sharron;
Sheldon Shelly; Sherman Sherm; Sidney Sid Sydney Syd Cid; Silas Si Silvanus Sylvanus; Silvester Sly Sylvester
Silvestre Vester; Spencer Spence; Stanley Stan Stanislav Stas; Stanislaus Stan Stanislav Stas Stanislaw Estanislao;
Stuart Stu Stewart Stew; Tanya Tania Tatiana Tatyana Tanja Tatjana Tetiana Tatianna; Trevor Trev; Tyler Ty Tylor;
Vernon Vern; Wesley Wes; Woodrow Woody; Xavier Xavi Javier Zavier Javi Saverio; Yolanda Yoli Iolanda Jolanda Yola;
Ignatius Iggy Nacho Ignacio Ignazio Ignace; Imogen Immy Imogene; India Indy; Irene Irina Rena Renie Ira Irena Iryna
Arina; Ingrid Inga Inge Ingeborg; Harriet Hattie Harriett Etta; Henrietta Etta Hattie Hetty Henriette Netty
Enrichetta; Hester Hetty Hettie; Esther Essie Ester Etty Ettie; Estelle Stella Essie Estella Estela; Ethel Eth;
Gertrude Trudy Gert Gertie Trudi Gertrud; Hilary Hil Hillary Hilaria; Hilda Hildy Hilde Mathilde; Hortense Hortensia;
Howard Howie Ward; Humphrey Numps; Irving Irv Irvin; Ivor Ifor Igor; Octavia Tavy; Ophelia Phelia; Beatrice Bea Trixie
Bee Beatrix Beatriz Bice Beate Trix; Bonita Bonnie Bunny; Brenda Bren; Brian Bryan Bri Bryant Brien; Bryony Bri
Briony; Brittany Britt Brittney Britney Brittani; Agnes Aggie Nessa Ines Inez Agnieszka Agnese Inés Agnessa; Agatha
Aggie Agata; Adelaide Addie Heidi Adela Della Adele Adelheid Ada Adelina; Adam Ad Adamo Adán; Adrian Ade Adriano
Hadrian Adrien; Adrienne Adriana Adrianne Addie; Alan Al Allan Allen Alun Alain; Alice Alicia Ally Alisa Alicja
Alyce Elsie; Alison Ally Allison Allyson Alyson Allie; Alfonso Alphonse Alonso Fonzie Afonso Alfons Alonzo; Althea
Thea; Alvin Al Alvyn; Ambrose Brose; Arabella Bella Belle Ara; Ariana Ariadne Arianna Ariane; Antonella Nella; Abraham
Abe Bram Ibrahim Avraham Avram Abram Brahim Ibraheem; Abner Ab; Aaron Aron Harun Haroun Arron Haroon
`
const european = `
Alexander Aleksandr Sasha Sanya Shura Саша Александр; Alexandra Aleksandra Александра Саша Sasha; Alexis Aleksei
Алексей Алёша Лёша Alexei Alexey Aleksey Alyosha Lyosha; Anastasia Настя Анастасия Nastya Anastasiya Nastia Anastassia
Asya Stacy Nastja Anastacia; Anatoly Anatoli Anatoliy Tolya Анатолий Anatolii Anatole; Andrew Andrei Андрей Andrey
Andriy Andrej; Anna Анна Аня Anya Nyura; Boris Борис Borya Boriss; Valentine Valentin Валентин Valya; Valery Valeri
Valeriy Валерий Valera Valerii; Vasily Vasili Vasiliy Василий Vasya Vassily Vasyl Basil Vasilii Wassily Vasilis;
Victor Viktor Виктор Vitya; Vitaly Vitali Vitaliy Виталий Vitalii Vitalik; Vladimir Владимир Volodya Vova Volodymyr
Wladimir Wolodymyr Vlad; Vladislav Владислав Vlad Wladyslaw Slava Vladyslav; Vyacheslav Вячеслав Slava Viacheslav
Vjaceslav Viatcheslav; Galina Галина Galya Halyna; Gennady Gennadi Gennadiy Геннадий Gena Gennadii Hennadiy; Grigory
Григорий Grisha Grigori Grigoriy Grigorii; Darya Daria Дарья Dasha Dariya Darja; Dennis Denis Денис Denys; Dmitry
Dmitri Dmitriy Дмитрий Dima Dimitri Dmitrii Mitya Dmytro Demetrius Dimitry Dimitrios Dimitris Demetrio Dimitar; Eugene
Evgeny Yevgeny Evgeniy Yevgeniy Evgenii Yevgeni Евгений Женя; Eugenia Evgenia Yevgenia Evgeniya Евгения Женя;
Catherine Ekaterina Екатерина Катя Katya Yekaterina Katia; Helen Elena Елена Лена Yelena Lena Jelena; Zoe Zoya Зоя
Zoia; Ivan Иван Vanya Johann; Igor Игорь Ihor Gosha; Elijah Ilya Илья Ilia Illya Ilja; Irina Ирина Ира Ira Iryna;
Cyril Kirill Кирилл Kiril Kyrylo; Constantine Konstantin Константин Kostya; Ksenia Ксения Xenia Kseniya Ksenija Oksana
Ksyusha; Larisa Лариса Lara Larissa; Leonid Леонид Lenya Leonidas; Lyubov Lubov Любовь Lyuba Luba Liubov; Lyudmila
Ludmila Людмила Lyuda Liudmila Mila Luda Lyudmyla; Maxim Maksim Максим Max; Maria Мария Маша Masha Mariya Mariia;
Michael Mikhail Михаил Миша Misha Mikhael Michail Mykhailo Mihail; Nadezhda Надежда Nadya Nadia Nadiya Nadine Nadja
Nadejda; Natalie Natalia Наталья Наташа Natalya Natasha Nataliya Наталия; Nikita Никита Mykyta; Nicholas Nikolai
Николай Коля Nikolay Kolya Mykola; Oleg Олег Oleh; Olga Ольга Оля Olya Olha Helga; Paul Pavel Павел Паша Pasha Pavlo;
Peter Pyotr Пётр Петр Petya Petr Petro Piotr; Roman Роман Roma Romain; Svetlana Светлана Света Sveta Svitlana
Swetlana; Sergei Сергей Sergey Seryozha Serge Sergio Serhiy Sergiy Serguei Sergii Serj; Sophia Sofya София Софья Sofia
Sonya; Stanley Stanislav Станислав Stas; Tamara Тамара Toma; Tanya Tatiana Татьяна Таня Tatyana; Theodore Fyodor Фёдор
Федор Fedor Fedya Feodor; Yuri Юрий Yury Yuriy Iurii Yurii Jurij Juri Yura Youri; Julia Yulia Юлия Юля Yuliya Iuliia
Yuliia; Yana Яна Jana Iana; Yaroslav Ярослав Slava Jaroslaw Jaroslav Iaroslav; Rustam Рустам Rustem Rostam; Timur
Тимур Temur Teymur Taimur Taymur; Ruslan Руслан; Marat Марат; Zhanna Жанна Jeanne Zhana; Lev Лев Leo Lyova; Gleb Глеб
Hlib; Bogdan Богдан Bohdan Bogdán; Artyom Артём Артем Artem Artiom; Arkady Аркадий Arkadi Arkadiy; Raisa Раиса Raya;
Vera Вера; Zinaida Зинаида Zina; Lydia Lidiya Лидия Lidia Lida; Hans Johannes Johann Hannes Hansi; Joachim Jochen
Achim Joaquin Joaquim Gioacchino; Matthias Mathias Hias; Sebastian Bastian Basti Wastl; Wolfgang Wolf; Ulrich Uli Ulli
Ulrik; Ulrike Uli Ulli Rike Ulrika; Günter Gunter Guenter Günther Gunther Guenther; Jürgen Juergen Jurgen; Jörg Joerg
Jorg Jürg; Heinrich Heiner Heinz Heini; Dietrich Dieter Dirk; Manfred Fred Manni; Siegfried Sigi Siggi; Katharina
Kathi Käthe Kathrin Katrin Kaethe Rina; Elisabeth Lisa Lisbeth Else Elsa Ilse Lieselotte Liesl; Johanna Hanna Hanni;
Brigitte Gitta Gitti; Susanne Susi Sanne; Gabriele Gabi Gaby; Renate Nate; Angelika Geli; Christel Christa Christl;
Waltraud Traudl Waltraut; Hildegard Hilde Hilda; Friederike Rike Friedl; Wilhelmina Minna Mina Wilma Willa Helma Mien
Willemina Billie Guillermina; Gerhard Gerd Gerhardt Gerrit; Eberhard Ebi Hardy; Bernhard Bernd Hardy; Reinhard
Reinhardt Hardy Reiner; Rainer Reiner Rainier Rayner; Detlef Detlev; Lars Laurentius; Nils Niels Nicolaus; Søren Soren
Soeren Severin; Jørgen Jorgen Joergen; Björn Bjorn Bjoern Bjarne; Kai Kay Cai; Cornelis Kees Cor; Hendrik Henk Rik;
Jacobus Jaap Koos Cobus; Johannes Jan Johan Hans; Pieter Piet; Willem Wim Pim; Adrianus Adriaan Arie Ad; Antonius Ton
Toon Anton; Gerardus Gerard Gerrit Ger; Leendert Leen; Theodorus Theo Dirk; Margaretha Greet Grietje Griet; Maria
Mieke Riet Marijke Mia; Jose Pepe Pepito Josep Zé Chepe; Francisco Paco Pancho Kiko Chico Curro Cisco Paquito; Ignacio
Nacho; Enrique Quique Kike; Guillermo Memo Guille; Jesus Chucho Chuy Suso Xesus; Eduardo Lalo Edu Guayo; Alejandro Ale
Jandro; Antonio Toño Toni Tonio Toninho Antoni; Manuel Manolo Lolo Manu Manel; Juan Juanito Juancho Joan Xoan Ivan;
Luis Lucho Luisito; Carlos Carlitos Charly Caco; Roberto Beto Robertico Tito; Alberto Beto Tito Berto; Gilberto Beto
Gil; Humberto Beto Umberto; Rafael Rafa Rafi; Pedro Perico Pedrito Periquito; Fernando Nando Fer Ferdinand Hernando
Hernan Fernand Ferdinando Fernan; Ferdinand Ferdie Ferdi Nando; Hernando Nando; Armando Mando Herman Armand; Sergio
Checo; Javier Javi Xabier; Vicente Chente Visent; Gregorio Goyo; Mauricio Mau; Salvador Chava Salva; Rosario Charo
Chayo; Consuelo Chelo; Dolores Lola Loli; Mercedes Merche Meche; Concepcion Concha Conchita Concepción; Guadalupe Lupe
Lupita; Isabel Chabela Isa Chavela; Teresa Tere Teresita; Maria Mari Marita Maruja Mariquita; Jose Maria Chema
Josemaria; Pilar Pili; Josefa Pepa Pepita; Francisca Paca Paquita Pancha; Luisa Lucha; Carmen Carmela Carmina
Carmelita Mamen; Beatriz Bea Betty; Graciela Chela; Gabriela Gaby; Patricia Paty; Esperanza Espe Nadezhda; Rodrigo Rod
Ruy; Santiago Santi Chago Diego Yago Tiago Thiago Jacobo; Sebastião Tião; João Joãozinho Jango; Ricardo Ricardinho
Cado Rico; Eduardo Dudu; Luiz Lula Luisinho; Raimundo Mundo Raimundinho; Severino Biu; Aparecida Cida; Conceição
Conceicao Concepcion; Fatima Fátima; Lourdes Lurdes; Jorge Jorginho Coque; Paulo Paulinho; Marcelo Marcelinho Marcello
Marcel; Marco Marcos Marquinhos; Giuseppe Beppe Peppe Pino Peppino Geppetto; Giovanni Gianni Nino Vanni Gino; Luigi
Gigi Gino; Salvatore Totò Turi Sasà; Vincenzo Enzo Cenzo; Lorenzo Renzo Enzo; Francesco Franco Ciccio Checco; Antonio
Tonino Totò Nino; Domenico Mimmo Menico; Alessandro Sandro Ale; Leonardo Nardo Leo Dino; Raffaele Lello Raf; Gaetano
Tano; Pasquale Lino; Filippo Pippo; Giacomo Mino; Giuseppina Pina Pinuccia; Jacques Jacky Jacquot; Pierre Pierrot;
Jean Jeannot Yann Yannick; Henri Riton; Marguerite Margot; Madeleine Mado; Emile Emil Emilio Milou; Guy Guido Gui;
Olivier Olive; Thierry Theodoric Dietrich; Yves Yvon Ivo; Rene Renee Renato Renatus; Benoit Ben; Genevieve Ginette;
Etienne Stephane Stephen; Simone Simona; Monique Monica Monika Mona; Veronique Vero; Dominique Domi; Frederique Fred;
Tadeusz Tadek Thaddeus Tadeo; Kazimierz Kazik Casimir; Zbigniew Zbyszek; Malgorzata Gosia Małgorzata; Agnieszka Aga;
Katarzyna Kasia; Joanna Asia; Barbara Basia; Krzysztof Krzysiek; Andrzej Jędrek; Wojciech Wojtek Adalbert; Jerzy
Jurek; Stanislaw Staszek Stanisław; Jozsef Joska József; Istvan István Pista Stephen; Laszlo László Ladislaus Laci;
Sandor Sándor Alexander; George Georgios Yorgos Giorgos Γεώργιος Γιώργος Yiorgos; John Ioannis Yannis Giannis Ιωάννης
Γιάννης Yiannis; Constantine Konstantinos Kostas Costas Κωνσταντίνος Κώστας Dinos; Dmitry Dimitrios Dimitris Δημήτριος
Δημήτρης Mitsos; Nicholas Nikolaos Nikos Νικόλαος Νίκος; Panagiotis Panos Παναγιώτης; Vasily Vasileios Vasilis
Βασίλειος Βασίλης Vassilis; Athanasios Thanasis Thanos Αθανάσιος; Helen Eleni Ελένη; Maria Μαρία; Catherine Aikaterini
Katerina Κατερίνα Αικατερίνη
`
const arabicAndPersian = `
محمد Mohamed Muhammad Mohammed Mohammad Mehmet Mahomed Mohamad Muhamed Mamadou Mamadu Muhamad Mohamud Mohd Magomed
Muhammed Moh Mamoudou; احمد Ahmad Ahmed Ahmet Achmad Akhmed Ahmadou Amadou; محمود Mahmoud Mahmud Mahmood Mehmood
Mahmut Makhmud Mamoudou; حميد Hamid Hameed Hamed Khamid Abdelhamid; حامد Hamed Hamid; حسن Hassan Hasan Khasan Hassane
Assane; حسين Hussein Husain Hussain Hossein Huseyin Hüseyin Hosein Houssein Khusein Hossain Husayn Hocine Houcine; علي
Ali Aly Alli; يوسف Youssef Yusuf Yousef Yousuf Youssouf Yusef Yussuf Joseph Yosef Yusif Yusup Youcef Issouf Yousaf;
ابراهيم Ibrahim Ebrahim Ibraheem Brahim Ibragim Abraham Ibrahima Ebrahem; اسماعيل Ismail Esmail Ismael Ismaeel Smail
Ishmael Ismaila Esmaeil; اسحاق Ishaq Isaac Eshaq Ishak Ishaak Is'haq; يعقوب Yaqub Yakub Yaqoob Yacoub Yaghoub Jacob
Yakup Yakoub; موسى Musa Moussa Mousa Moosa Moses Mussa; عيسى Isa Issa Eisa Essa Jesus; داود Dawood Daud Dawud Davud
Daoud David Davood; سليمان Sulaiman Suleiman Soliman Suleyman Sulayman Soleiman Souleymane Sulejman Solomon; هارون
Harun Haroun Haroon Aaron Harouna; ادريس Idris Idrees Edris Idriss; يحيى Yahya Yahia Yehia Jahja; زكريا Zakaria
Zakariya Zekeriya Zacharia; خالد Khaled Khalid Halid Khalit; طارق Tariq Tarek Tarik Tareq; عمر Omar Umar Omer Ömer
Umer Oumar Oumarou; عمرو Amr Amro; عثمان Osman Othman Uthman Usman Ousmane Athman Osmane Ousman; عبدالله Abdullah
Abdallah Abdulla Abdalla Abdollah Abdoulaye Abdullahi Abdullo Abdoullah; عبدالرحمن Abdulrahman Abdelrahman Abdurrahman
Abdurrahmon Abderrahmane Abdirahman Abdulrehman Abdramane Abderrahman Abdalrahman Abdurahman Abdourahmane; عبدالعزيز
Abdulaziz Abdelaziz Abdalaziz Abdoulaziz; عبدالقادر Abdulkadir Abdelkader Abdulqadir Abdelkadir Abdykadyr Abdulqader
Abdikadir Abdulkader Abdoulkader; عبدالكريم Abdulkarim Abdelkarim Abdulkareem Abdelkrim Abdoulkarim; عبدالسلام
Abdulsalam Abdelsalam Abdussalam Abdesslam Abdessalam Abdusalam; عبدالمجيد Abdulmajid Abdelmajid Abdulmajeed
Abdelmadjid; عبداللطيف Abdullatif Abdellatif Abdulatif Abdullateef; عبدالحميد Abdulhamid Abdelhamid Abdulhameed;
عبدالرزاق Abdulrazak Abdelrazek Abdulrazaq Abdurrazaq Abdirizak Abdurazak; عبدالناصر Abdulnasser Abdelnasser
Abdulnasir Abdunnasir; مصطفى Mustafa Mostafa Moustafa Mustapha Moustapha Mustaf; مرتضى Murtaza Mortaza Morteza Murtada
Murtadha Mortada; سعيد Said Saeed Saied Sayeed Saïd Saed Seid Sayid Saidi; سعد Saad Sad Saed; مسعود Masoud Masud
Massoud Mesut Masood Messaoud; رشيد Rashid Rachid Rasheed Rashed Rechid Rachide; كريم Karim Kareem Krim Kerim; رحيم
Rahim Raheem Rehim; سليم Salim Saleem Selim Slim; سالم Salem Salim Salam; جميل Jamil Jameel Gamil Djamil Cemil; جمال
Jamal Gamal Djamal Cemal Jamaal Djamel; كمال Kamal Kemal Kamel; شريف Sharif Sherif Cherif Shareef Charif Serif; لطيف
Latif Lateef; نصر Nasr Nasser; ناصر Nasser Nasir Naser Nacer Nassir; منصور Mansour Mansoor Mansur; مأمون Mamun Mamoun
Maamoun; انور Anwar Anouar Enver Anvar Anwer; اكرم Akram Ekrem; اشرف Ashraf Achraf Ashref; اسامة Osama Usama Oussama
Ousama; ايمن Ayman Aymen Aiman Eymen; بلال Bilal Belal Billal Bilel; حمزة Hamza Hamzah Khamza; خليل Khalil Khaleel
Halil Khelil Ibrahimkhalil; رمضان Ramadan Ramazan Ramzan Ramadhan Ramadhani Ramdane; شعبان Shaban Shaaban Chaaban
Saban Shabani; صالح Saleh Salih Salah Swaleh Salihu; صلاح Salah Salaheddin; صلاحالدين Salahuddin Salaheddin Saladin
Selahattin Salaheddine Salahaddin Salahudin Salahdin; نورالدين Nuruddin Noureddine Nooruddin Nurettin Nuredin
Noureddin Nuriddin Nurudin; علاءالدين Alauddin Alaeddine Aladdin Alaaddin Alaeddin Alaaeldin Aladin; شمسالدين
Shamsuddin Chamseddine Shamseddin Samsudin Samsuddin Shamsudin Shamsiddin; جلالالدين Jalaluddin Jalaleddin Celalettin
Djalaleddine Jaloliddin; بدرالدين Badruddin Badreddine Bedrettin Badriddin; فخرالدين Fakhruddin Fakhreddine Fahrettin
Fakhriddin; عزالدين Izzuddin Azzedine Ezzeldin Ezzedine Izzeddin Izeddin Azedine; محيالدين Mohiuddin Muhyiddin
Mohieddine Moheddin Muhiddin Mahiuddin; سيفالدين Saifuddin Seifeddine Saifeddin Seyfettin Sayfuddin Sayfiddin
Saifudin; حسام Hossam Husam Houssam Hussam; هشام Hisham Hesham Hicham Hichem; وليد Waleed Walid Oualid Velid; ياسر
Yasser Yasir Yaser Yassir; ياسين Yassin Yasin Yassine Yaseen Yacine; زيد Zaid Zayd Zeid; زياد Ziad Ziyad Zeyad; عادل
Adel Adil; عماد Imad Emad Imed; عصام Essam Issam Isam; فاروق Farouk Farooq Faruq Faruk; فيصل Faisal Faysal Feisal
Fayçal Faisel; فريد Farid Fareed Ferid; قاسم Qasim Kassim Kasim Qassem Kacem Gasim Qasem Ghasem Kassem; مجيد Majid
Majeed Madjid; مراد Murad Mourad Murat Morad; نبيل Nabil Nabeel; نعيم Naim Naeem Naïm; يونس Yunus Younis Yunis Younes
Jonah Yonas Younus Yoonus; ايوب Ayub Ayoub Ayoob Eyup Job Ayyub; الياس Elias Ilyas Ilias Eliyas Elyas; فاطمة Fatima
Fatma Fatimah Fatuma Fatoumata Fatemeh Fatimatou Fatime Fathima Fatouma Fadma Patimat Fotima; عائشة Aisha Ayesha Aicha
Aysha Aishah Ayse Ayşe Aïcha Aishat Asha Aischa Aissatou Oisha; خديجة Khadija Khadijah Hatice Khadidja Hadija Kadija
Khadijatu Khadidiatou Hadijah Khadeeja Kadidia; زينب Zainab Zaynab Zeinab Zeynep Zineb Zeynab Zaynabu; مريم Maryam
Mariam Meryem Miriam Meriem Mariama Mariyam Marjam Maria; آمنة Amina Aminah Aminata Amena Emine Aamina Amna; حليمة
Halima Haleema Halimah Halime; سمية Sumaya Sumayya Soumaya Somaya Sumaiya Sümeyye; رقية Ruqayya Rokia Rukia Roqaya
Rukiye Ruqaya Roukaya Rokaya; سارة Sara Sarah; نور Noor Nour Nur Nora Nura; هدى Huda Hoda Houda; هناء Hanaa Hana
Hanna; ليلى Layla Leila Laila Leyla Leïla Leilah; سلمى Salma Selma; نادية Nadia Nadiya Nadiah; فوزية Fawzia Fouzia
Fauzia Fawziya Fowzia; جميلة Jamila Jameela Djamila Gamila Cemile; كريمة Karima Kareema; رشيدة Rashida Rachida; سعيدة
Saida Saeeda Saïda Seida; شريفة Sharifa Sherifa Cherifa Shareefa; سليمة Salima Saleema Selima; نعيمة Naima Naeema
Naïma; يسرى Yusra Yosra Yousra; اسماء Asma Asmaa Esma Asmae; ايمان Iman Eman Imane Imaan; حنان Hanan Hanane; منى Mona
Muna Mouna; مها Maha; ريم Reem Rim Reema; زهراء Zahra Zohra Zahraa Zehra Fatimazahra Zahara Sahra; شيماء Shaima Chaima
Shaimaa Shayma; عزيز Aziz Azeez Abdulaziz; عزيزة Aziza Azeeza; حبيب Habib Habeeb; حبيبة Habiba Habeeba; رضا Reza Rida
Raza Ridha Riza; مهدي Mehdi Mahdi Mehdy Mahadi; جعفر Jafar Jaffar Djafar Cafer Gafar Jaafar; باقر Baqir Bagher Baqer
Bakir; صادق Sadiq Sadegh Sadek Sadik Sadeq; كاظم Kazim Kazem Kadhim Kadhem Kazım; عباس Abbas Abas; اكبر Akbar Ekber;
اصغر Asghar Asgar; غلام Ghulam Gholam Golam; شاه Shah Sha; امير Amir Ameer Emir Amer; اميرة Amira Ameera Emira; بهرام
Bahram Behram; دارا Dariush Daryush Darius; فرهاد Farhad Ferhat Farhod; جمشيد Jamshid Jamshed Cemsit; خسرو Khosrow
Khusrau Khusro Khosro; رستم Rustam Rostam Rustem; شيرين Shirin Shireen Sirin; شهرزاد Shahrzad Scheherazade Shehrazad;
مسلم Muslim Moslem; طاهر Tahir Taher; طاهرة Tahira Tahereh Tahera; زهير Zuhair Zouhair Zuheir Zoheir; بكر Bakr Bakar
Baker; ابوبكر Abubakar Aboubacar Abubakr Abubaker Boubacar Abobakr Aboubakr Bubacar Ababacar; حذيفة Hudhayfa Huzaifa
Houdhaifa; معاذ Muadh Moaz Muaz Mouad Moath; سفيان Sufyan Soufiane Sofyan Sofiane Sufian; عبيد Obaid Ubaid Obeid; قدوس
Quddus Kuddus Qudoos; رؤوف Rauf Raouf Raoof; رياض Riyad Riad Riadh Riyadh; توفيق Tawfiq Toufik Tewfik Tawfik Taufiq
Taoufik Tofik; حفصة Hafsa Hafsah Hafza; وحيد Waheed Wahid Vahid Ouahid; جواد Javad Jawad Cevat Jawaad; شاهين Shaheen
Shahin Sahin; پرویز Parviz Pervez Parvez Perviz Pervaiz
`
/** Common names of one or two spellings: known, so that another known name is not taken for a slip of the pen in them. */
const plain = `
Sean Shaun Shawn; Karen Karin Caryn Karyn; Jean Jeanne Jeannie; Janet Janette; Janice Janis; Janine Jeannine; Miriam Mariam Maryam; Marion Marian; Amy Aimee Ami; Loretta Lauretta; Evan Ewan; Ian Iain; Eileen Aileen Ilene;
Marvin; Martina; Daniela; Mario; Carla; Clark; Dean; Gail; Gary; Barry; Perry; Kerry; Terry; Jerry; Cory; Rory; Troy; Roy; Ray; Jade; June;
Joan; Hope; Iris; Ivy; Opal; Pearl; Ruby; Violet; Hazel; Heather; Holly; Brooke; Paige; Summer; Autumn; April; Dawn;
Elaine; Ella; Ellis; Keith; Craig; Brett; Bruce; Bryce; Clive; Clyde; Cody; Cole; Colin; Damian; Darren; Warren; Derek; Desmond; Dustin;
Austin; Earl; Carl; Errol; Ferris; Floyd; Lloyd; Gavin; Kevin; Devin; Melvin; Glen; Gordon; Jordan; Grant; Guy; Ivan; Hunter;
Jarvis; Travis; Javan; Jill; Kara; Kira; Kurt; Lance; Leon; Logan; Megan; Mason; Jason; Miles; Giles; Milton; Hilton; Nina; Nolan; Dolan;
Owen; Gwen; Preston; Reagan; Ross; Ruben; Scott; Dina; Tara; Zara; Lara; Mara; Cara; Todd; Tracy; Gracy; Vera; Wade; Jada; Jayden; Hayden;
Brayden; Aidan; Landon; London; Karen; Karina; Marina; Marisa; Larisa; Mariana; Arianna; Brianna; Rosa; Rita; Gina; Tina; Dana; Lana; Jana; Diana;
Liana; Paula; Paola; Carina; Sabina; Serena; Selena; Selina; Salina; Celina; Malina; Marla; Darla; Merle; Pearly; Erica; Erika; Erin; Emilio; Emilia; Amelia;
Fabian; Fabio; Dario; Darius; Marius; Elena; Alina; Polina; Olga; Oleg; Igor; Anton; Artur; Albina; Alfiya; Bruno; Bruna; Hugo; Hector; Nestor; Cesar;
Ramon; Simon; Simone; Angel; Angelo; Carmen; Carmelo; Claudio; Julio; Julia; Silvio; Silvia; Mauro; Laura; Lauro; Marcela; Marcelo; Mariano; Luciano; Adriano;
Luciana; Adriana; Juliana; Juliano; Fernanda; Fernando; Rolando; Orlando; Armando; Raul; Saul; Pablo
`
export const nicknames = [english, european, arabicAndPersian, plain].join(';')
