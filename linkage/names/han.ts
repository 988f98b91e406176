/** Chinese names as they are written: traditional characters, family names of one and of two characters, names without a space. */

/** Traditional and simplified form of characters that names use, in pairs. Written for this project from general knowledge (CC0). */
const pairs =
  '張张陳陈劉刘楊杨黃黄趙赵吳吴孫孙馬马鄭郑謝谢許许馮冯鄧邓葉叶蘇苏呂吕蔣蒋賈贾鍾钟鐘钟譚谭陸陆範范鄒邹龍龙萬万錢钱湯汤喬乔賀贺賴赖龔龚羅罗韓韩蕭萧' +
  '鄔邬盧卢閻阎嚴严歐欧陽阳顧顾莊庄簡简華华連连單单區区齊齐關关項项鮑鲍嶽岳聶聂魯鲁畢毕倫伦紀纪蘭兰應应寧宁閔闵紹绍談谈車车鄺邝巖岩麥麦藍蓝塗涂駱骆' +
  '樂乐穀谷竇窦繆缪遲迟諸诸東东長长強强偉伟國国軍军傑杰濤涛麗丽豔艳艷艳靜静紅红鳳凤蓮莲鵬鹏飛飞雲云輝辉剛刚亞亚寶宝義义順顺興兴勝胜達达學学愛爱貴贵' +
  '遠远進进開开啟启瑩莹瓊琼穎颖嬌娇豐丰儀仪榮荣銘铭錦锦鋒锋鎮镇鈞钧銀银鐵铁慶庆憶忆懷怀詩诗詠咏語语誠诚謙谦賢贤贊赞賓宾騰腾驥骥驍骁鴻鸿鶴鹤鵑鹃鶯莺' +
  '齡龄蕓芸蘊蕴薔蔷鸞鸾鸝鹂瑋玮瑤瑶璽玺瑪玛環环現现琺珐維维緯纬綺绮綠绿純纯紋纹絲丝緣缘縣县總总績绩繼继續续纖纤聖圣聰聪聲声職职肅肃膽胆臨临與与舉举' +
  '舊旧藝艺蔭荫薈荟號号術术衛卫補补見见規规覺觉親亲觀观訓训記记論论證证識识護护貝贝負负財财質质賽赛趕赶躍跃輕轻載载農农運运過过選选邁迈鄉乡釗钊鈴铃' +
  '鋼钢錄录鏡镜鑒鉴門门閃闪閏闰閑闲間间陣阵陰阴際际隨随險险隱隐雙双雋隽電电靈灵韻韵頂顶領领頌颂預预頻频題题顏颜願愿類类風风養养馳驰驊骅驛驿驕骄魚鱼' +
  '鮮鲜鳴鸣鷹鹰黨党龐庞亙亘來来侶侣億亿優优兒儿內内兩两凱凯劍剑勁劲動动務务勳勋勵励協协參参員员啞哑喚唤圓圆團团園园圖图堅坚堯尧報报場场塵尘壯壮壽寿' +
  '夢梦夾夹奧奥奪夺奮奋媽妈嫻娴宮宫寬宽實实寫写將将專专對对導导屆届層层嶸嵘嶺岭帥帅師师幀帧庫库廣广廬庐彥彦後后徑径從从復复徵征恆恒悅悦惲恽愷恺憲宪' +
  '懇恳戰战戲戏戶户拋抛捨舍揚扬換换撫抚擇择據据攜携敘叙數数斕斓曄晔曉晓曆历書书會会棟栋業业極极槍枪標标樞枢樣样樹树橋桥機机權权歡欢歲岁歷历殘残氣气' +
  '漢汉決决沖冲況况淚泪淨净淵渊測测渾浑溫温滄沧滅灭滿满漁渔漸渐潔洁潤润澤泽濟济濱滨瀏浏灃沣灣湾為为烏乌無无煒炜煥焕燁烨燦灿燈灯爾尔獨独獻献琿珲瓏珑' +
  '甯宁畫画異异當当疊叠發发盜盗監监盤盘礎础禮礼禎祯種种稱称穩稳窮穷筆笔節节築筑簫箫籃篮習习翹翘聯联'

const simpleOf = new Map<string, string>()
for (let at = 0; at + 1 < pairs.length; at += 2) simpleOf.set(pairs.charAt(at), pairs.charAt(at + 1))

/** The word in simplified characters, as far as names need it. */
export function simplified(word: string): string {
  let out = ''
  for (const character of word) out += simpleOf.get(character) ?? character
  return out
}

const surnamesOfTwo = new Set(
  (
    '欧阳 司马 诸葛 上官 司徒 东方 独孤 南宫 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 端木 百里 呼延 西门 闻人 钟离 太史 申屠 轩辕 鲜于 赫连 ' +
    '拓跋 纳兰 完颜 耶律 贺兰 东郭 澹台 万俟 公羊 公冶 宗政 濮阳 淳于 单于 司空 司寇 仲孙 闾丘 子车 亓官 巫马 乐正 漆雕 壤驷 公良 段干 ' +
    '梁丘 左丘 东门 第五 呼衍 叶赫'
  ).split(' '),
)
const surnames = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏' +
    '韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧' +
    '耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪' +
    '简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈' +
    '匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容' +
    '敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展' +
    '阴昝智幸奉植衡富尧闭由',
)

const koreanSurnames = new Set(
  '김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모',
)
const isHangul = (word: string): boolean => word >= '\uac00' && word < '\ud7b0'

/**
 * A folded full name of three or four characters, or three syllables of Hangul, as family and given name: 张小明 -> 张 小明, 欧阳建国 -> 欧阳 建国, 김민수
 * -> 김 민수. Names of two characters stay: hundreds of thousands of people are called 王伟, so the two say no more than one word
 * does elsewhere.
 */
export function splitFullName(word: string): readonly string[] {
  const length = surnameLength(word)
  return length === 0 ? [word] : [word.slice(0, length), word.slice(length)]
}

function surnameLength(word: string): number {
  if (word.length > 4 || word.length < 3) return 0
  if (isHangul(word)) return word.length === 3 && koreanSurnames.has(word.charAt(0)) ? 1 : 0
  if (surnamesOfTwo.has(word.slice(0, 2))) return 2
  return word.length === 3 && surnames.has(word.charAt(0)) ? 1 : 0
}

/** Family and given name of a full name of two characters, for finding it where they stand apart: 王伟 -> 王 伟. */
export const halvesOf = (word: string): readonly [string, string] | undefined =>
  word.length === 2 && surnames.has(word.charAt(0)) && !surnamesOfTwo.has(word)
    ? [word.charAt(0), word.charAt(1)]
    : undefined
