/**
 * Names that registries spell in several ways, one name a group: `head variant variant; head variant`. Words of one
 * name are written together. Written for this project from general knowledge (CC0); no record of a person went in.
 */
/** Lao script, then romanisations. */
export const laoNames = `
ສົມສັກ Somsack Somsak Somxak; ບຸນມີ Bounmy Bounmee Bunmi Bounmi; ຄຳພອນ Khamphone Khamphon Kamphone Khampone; ສົມພອນ
Somphone Somphon Somepone; ບຸນທອງ Bounthong Bunthong Bountong; ວິໄລ Vilay Wilai Vilai; ສີສະຫວາດ Sisavath Sisavat
Sysavath; ພູວົງ Phouvong Phuvong Phouwong; ຄຳຕັນ Khamtanh Khamtan Kamtan; ສຸລິຍະ Souliya Suliya Sulinya; ທອງລຸນ
Thongloun Thonglun Tongloun; ສົມບູນ Somboun Sombun Somboon; ແກ້ວ Keo Kaew Keow Kèo; ໄຊຍະ Xaya Saya Xaiya Saiya; ຄຳໃບ
Khambay Khambai Kambay; ພອນສະຫວັນ Phonesavanh Phonsavan Phonesavan; ບຸນເຮືອງ Bounheuang Bounhuang Bounheung; ອານຸສອນ
Anousone Anusone Anouson; ສຸກສະຫວັນ Souksavanh Suksavan Souksavan; ຈັນທະ Chantha Chanta Janta; ນູແພງ Noupheng Nupheng
Nouphaeng; ຕຸ້ຍ Touy Tuy Touey; ວັນນະ Vanna Vannah Wanna; ອຸ່ນເຮືອນ Ounheuan OunHeuane Ounhuan; ນາງນ້ອຍ Nangnoy
NangNoy Nangnoi; ບົວພັນ Bouaphanh Buaphan Bouaphan; ຄຳຫຼ້າ Khamla Khamlah Kamla; ດາວັນ Davanh Davan Dawan; ວັນທອງ
Vanthong Wanthong Vantong; ພິມມະສອນ Phimmasone Pimmasone Phimmason; ສຸດາພອນ Soudaphone Sudaphone Soudaphon; ແສງຈັນ
Sengchanh Saengchan Sengchan Sengjan; ມະນີວັນ Manivanh Manivan Maniwan Maneevanh; ຈັນສະໝອນ Chansamone Chansamon
Chanhsamone; ບຸນທັນ Bounthanh Bounthan Bunthan; ວຽງສະຫວັນ Viengsavanh Viangsavan Viengsavan; ສົມຈິດ Somchit Somjit
Somchith; ເພັດສະໝອນ Phetsamone Petsamone Phetsamon; ມາລາ Mala Malah Mara; ສຸພາພອນ Souphaphone Suphaphone Souphaphon;
ພອນທິບ Phonethip Phontip Phonthip; ໄພວັນ Phayvanh Phaivanh Phaivan; ຄຳມະນີ Khammany Khammani Kammany; ນິດ Nith Nid
Nit; ນ້ອຍ Noy Noi Noye; ສອນ Sone Son Sonh; ຕຸກຕາ Touktah Tukta Toukta; ກິ່ງແກ້ວ Kingkeo Kingkaew Kinkeo; ພົມມະຈັນ
Phommachanh Phommachan Pommachanh Phomachanh; ແກ້ວມະນີ Keomany Keomani Kaewmanee; ວົງສາ Vongsa Wongsa Vongxa; ສີສຸລາດ
Sisoulath Sisulat Sysoulath; ໄຊຍະວົງ Xayavong Sayavong Xayyavong Saiyavong; ພົມວິຫານ Phomvihane Phomvihan Phommvihane;
ອິນທະວົງ Inthavong Intavong Inthawong; ສຸວັນນະວົງ Souvannavong Suvannavong Souvanhnavong; ແສງດາລາ Sengdara Saengdara
Sengdala; ຈັນທະວົງ Chanthavong Chantavong Chanthawong Chanhthavong; ບຸນຍະວົງ Bounyavong Bunyavong Bounnyavong;
ສີປະເສີດ Sipaseuth Sipraseuth Sypaseuth; ພິມມະສານ Phimmasane Phimmasan Pimmasan; ອຸດົມສັກ Oudomsack Oudomsak Udomsak;
ຄຳພູວົງ Khamphouvong Khamphuvong Kamphouvong; ລາດຊະວົງ Ratsavong Latsavong Rajvong Lathsavong; ສີຫາວົງ Sihavong
Syhavong Sihawong; ພັນທະວົງ Phanthavong Pantavong Phanthawong; ແກ້ວວິໄລ Keovilay Keowilai Keovilai; ສຸກສາຄອນ
Souksakhone Suksakhon Souksakhon; ມີໄຊ Mixay Mysay Mixai Meexay; ດວງຈັນ Douangchanh Duangchan Douangchan Doungchanh;
ທຳມະວົງ Thammavong Tammavong Thammawong; ສິດທິເດດ Sitthideth Sithideth Sitthidet; ຢ່າງຕົ່ງ YangTong YangTou; ວ່າງປາວ
VangPao VangPau; ລີຈູ LeeChu LyChou LiChu; ທໍ່ຢ່າ ThaoYer ThorYa; ຊົ່ງເຢີ XiongYer XongYeu
`

/** Urdu script, then romanisations. */
export const pakistaniNames = `
محمد Muhammad Mohammad Mohammed Muhammed Mohamad Mohd Md Muhd Mhd; احمد Ahmed Ahmad Ahmd Ehmad; علی Ali Aly; حسین
Hussain Hussein Husain Hossain; عبداللہ Abdullah Abdulla Abdallah AbdUllah; عبدالرحمٰن AbdulRehman AbdurRahman
Abdulrehman AbdulRahman Abdurrehman; غلام Ghulam Gulam Ghullam Golam; عثمان Usman Uthman Osman Othman; عمر Umar Omar
Umer; بلال Bilal Billal Belal; حسن Hassan Hasan; اقبال Iqbal Eqbal Ikbal; اللہدتہ AllahDitta AllahDita Allahditta;
رحیم Raheem Rahim Rahem; شاہد Shahid Shahed; طارق Tariq Tarique Tarik; خالد Khalid Khaled; یوسف Yousaf Yusuf Yousuf
Yusaf; اسماعیل Ismail Ismael Esmail; رشید Rasheed Rashid Rashed; نواز Nawaz Navaz; شہزاد Shahzad Shehzad Shahzaad;
فاروق Farooq Faruq Farouk Faroque; ذوالفقار Zulfiqar Zulfikar Zulfqar Zulfiqaar; رضوان Rizwan Rezwan; گل Gul Gull; خان
Khan; اصغر Asghar Asgher Asghir; فاطمہ Fatima Fatimah Fatema Fatma; عائشہ Ayesha Aisha Aysha Aishah Ayisha; زینب
Zainab Zaynab Zenab Zainub; مریم Maryam Mariam Marium Mariyam; خدیجہ Khadija Khadeeja Khadijah; رقیہ Ruqayya Rukhaiya
Ruqaiya Ruqia; صائمہ Saima Saimah Sayma; شازیہ Shazia Shaziya Shazya; نسرین Nasreen Nasrin Nasren; پروین Parveen
Perveen Parvin Perwin; رضیہ Razia Raziya Rezia; زبیدہ Zubaida Zubeda Zobaida; کلثوم Kulsoom Kalsoom Kulsum Kalsum;
آمنہ Amina Aamna Amna Aminah; حلیمہ Halima Haleema Halimah; سکینہ Sakina Sakeena Sakinah; بشریٰ Bushra Bushrah; ثمینہ
Samina Sameena Saminah; نازیہ Nazia Naziya; فرزانہ Farzana Farzanah; ارم Iram Irum Erum; مائی Mai Maai; بخت Bakht
Bukht; بیبی Bibi BB BiBi Beebi; بیگم Begum Begam Begom; خاتون Khatoon Khatun Khatton; مائی Mai Maai May; بانو Bano
Banu Baanu; پروین Parveen Perveen; ملک Malik Malek; چوہدری Chaudhry Choudhry Chaudhary Ch Chowdhury; بٹ Butt But;
راجپوت Rajput Rajpoot; اعوان Awan Awaan; بلوچ Baloch Baluch Balouch; شاہ Shah; سید Syed Sayed Sayyid Syyed; قریشی
Qureshi Quraishi Qureishi Koreshi; شیخ Sheikh Shaikh Shaik Sh; مغل Mughal Moghal; جٹ Jutt Jatt Jat; گجر Gujjar Gujar;
آفریدی Afridi Afreedi; یوسفزئی Yousafzai Yusufzai Yousufzai; خٹک Khattak Khatak; بھٹو Bhutto Bhuto; سومرو Soomro
Sumro; چانڈیو Chandio Chandyo; میمن Memon Meman; ہاشمی Hashmi Hashimi; بگٹی Bugti Bughti; مری Marri Mari
`

/** Cyrillic, then Latin and Russified forms. */
export const kyrgyzNames = `
Нурлан Nurlan Nourlan; Бакыт Bakyt Bakit; Азамат Azamat; Улан Ulan Oulan; Эрлан Erlan Yerlan; Талант Talant; Алмаз
Almaz; Жаныбек Zhanybek Janybek Janibek Джаныбек; Кубанычбек Kubanychbek Kubanichbek; Өмүрбек Omurbek Ömürbek Омурбек
Umurbek; Таалайбек Taalaibek Talaibek; Эмил Emil; Мирлан Mirlan; Чыңгыз Chyngyz Chingiz Чынгыз Чингиз; Үсөн Usen Üsön
Усон Усен; Төлөгөн Tologon Tölögön Тологон Tolegen; Нурбек Nurbek; Дастан Dastan; Бектур Bektur; Эркин Erkin;
Абдыкадыр Abdykadyr Abdikadir Абдикадир; Мухаммед Muhammed Mukhammed Мухаммад Магомед; Алихан Alikhan; Ислам Islam;
Айгүл Aigul Aygül Айгуль Айгул; Нургүл Nurgul Nurgül Нургуль Нургул; Гүлнара Gulnara Гульнара Гулнара; Жылдыз Zhyldyz
Jyldyz Джылдыз Жылдыс; Чолпон Cholpon; Айнура Ainura Aynura; Бегимай Begimai Begimay; Асел Asel Асель; Жибек Zhibek
Jibek Джибек; Назгүл Nazgul Nazgül Назгуль; Канышай Kanyshai Kanishay; Мээрим Meerim Мерим; Бактыгүл Baktygul
Бактыгуль Baktigul; Гүлзат Gulzat Гульзат; Алтынай Altynai Altinay; Элмира Elmira Эльмира; Салтанат Saltanat; Урмат
Urmat; Сезим Sezim; Айжан Aizhan Ayjan Айджан; Асанов Asanov Assanov; Осмонов Osmonov Османов Osmanov; Абдыкадыров
Abdykadyrov Абдикадыров Abdikadyrov; Токтогулов Toktogulov Токтогүлов; Жумабаев Zhumabaev Jumabaev Джумабаев
Dzhumabaev; Мамытов Mamytov Mamitov; Садыков Sadykov Sadikov; Бейшеналиев Beishenaliev Beyshenaliev; Кадыров Kadyrov
Kadirov; Исаков Isakov Issakov; Ибраимов Ibraimov Ибрагимов Ibragimov; Алымкулов Alymkulov Alimkulov; Эсенов Esenov
Yesenov; Турдубаев Turdubaev Турдыбаев; Шаршенов Sharshenov Sharshenow; Акматов Akmatov Ахматов Akhmatov; Мурзаев
Murzaev Мырзаев; Өмүров Omurov Омуров Umurov; Үсөнов Usenov Усонов Усенов; Жээнбеков Zheenbekov Jeenbekov Джеенбеков
`

/** Characters, then pinyin and other romanisations. */
export const chineseNames = `
王 Wang Wong; 李 Li Lee; 张 Zhang Cheung Chang; 刘 Liu Lau; 陈 Chen Chan; 杨 Yang Yeung; 黄 Huang Wong; 赵 Zhao Chiu; 吴 Wu Ng;
周 Zhou Chow; 徐 Xu Hsu Chui; 孙 Sun Suen; 马 Ma; 朱 Zhu Chu; 胡 Hu Wu; 郭 Guo Kwok; 何 He Ho; 林 Lin Lam; 高 Gao Ko; 罗 Luo Law;
吕 Lyu Lv Lu Lü; 单 Shan Dan; 曾 Zeng Ceng Tsang; 解 Xie Jie; 仇 Qiu Chou; 查 Zha Cha; 盖 Ge Gai; 区 Ou Qu; 尉迟 Yuchi Weichi;
欧阳 Ouyang OuYang AuYeung; 司马 Sima SiMa; 诸葛 Zhuge ZhuGe; 叶 Ye Yeh Ip; 冼 Xian Sin; 闫 Yan 阎; 伟 Wei; 强 Qiang; 磊 Lei; 军
Jun; 勇 Yong; 杰 Jie; 涛 Tao; 明 Ming; 超 Chao; 建国 Jianguo JianGuo; 建华 Jianhua JianHua; 志强 Zhiqiang ZhiQiang; 国强 Guoqiang;
浩然 Haoran; 宇轩 Yuxuan; 子涵 Zihan; 俊杰 Junjie; 海波 Haibo; 小龙 Xiaolong; 德胜 Desheng; 芳 Fang; 娜 Na; 秀英 Xiuying XiuYing; 敏 Min;
静 Jing; 丽 Li; 艳 Yan; 秀兰 Xiulan; 桂英 Guiying; 玉兰 Yulan; 婷 Ting; 欣怡 Xinyi; 梓涵 Zihan; 雨萱 Yuxuan; 丹 Dan; 燕 Yan; 红梅 Hongmei;
春花 Chunhua; 璐 Lu; 颖 Ying; 阿依古丽买买提 AyiguliMaimaiti AygulMemet; 买买提艾合买提 MaimaitiAihemaiti MemetEhmet; 扎西次仁 ZhaxiCiren
TashiTsering; 卓玛 Zhuoma Drolma Dolma; 那仁格日勒 NarenGerile Narangerel
`
