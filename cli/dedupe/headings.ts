/** Headings under which registries write each field, for files that come without `--map`. */
import type { FieldName } from '../../linkage/table/table.ts'

/** English, French, Portuguese, Swahili, Lao, Russian, Kyrgyz, Chinese, Arabic, Urdu; lower case, letters and digits alone. */
const known: Partial<Record<'id' | 'source' | FieldName, string>> = {
  id: 'id no nr sn sno serialno serialnumber uniqueid recid recordid recordno rid rowid personid memberid uuid key pk номерзаписи 编号 序号 ລຳດັບ',
  source: 'source sourcedataset sourceid registry dataset origin источник 来源',
  givenName:
    'givenname givennames firstname firstnames forename forenames fname given first middlename middlenames mname secondname othernames othername prenom prenoms nomeproprio jinalakwanza jinalapili имя отчество аты атасыныныаты 名 名字 ຊື່ الاسمالاول اسماول',
  familyName:
    'familyname familynames surname surnames lastname lastnames lname family last maidenname nomdefamille apelido sobrenome jinalaukoo фамилия фамилиясы 姓 姓氏 ນາມສະກຸນ اسمالعائلة اللقب خاندانینام',
  fullName:
    'name fullname fullnames names personname beneficiaryname membername employeename nom nomcomplet nome nomecompleto jina jinakamili majina фио полноеимя толукаты 姓名 ຊື່ແລະນາມສະກຸນ الاسم الاسمالكامل نام پورانام',
  birthDate:
    'birthdate dateofbirth dob dobirth bdate born birthday datenaissance datedenaissance datanascimento datadenascimento tareheyakuzaliwa датарождения туулганкуну туулгандатасы 出生日期 生日 出生年月 ວັນເດືອນປີເກີດ تاريخالميلاد تاریخپیدائش',
  birthYear: 'birthyear yearofbirth yob byear by annéedenaissance mwakawakuzaliwa годрождения 出生年',
  birthMonth: 'birthmonth monthofbirth mob bmonth bm 出生月',
  birthDay: 'birthday0 dayofbirth bday0 bd 出生日',
  sex: 'sex gender genderid sexe sexo jinsia пол жынысы 性别 ເພດ الجنس جنس',
  phone:
    'phone phonenumber phoneno telephone telephonenumber tel telno mobile mobilenumber mobileno mobilephone cell cellphone msisdn contactnumber simu nambayasimu телефон номертелефона 电话 手机 手机号 联系电话 ເບີໂທ ໂທລະສັບ الهاتف رقمالهاتف فون',
  email: 'email emailaddress mail baruapepe почта электроннаяпочта 邮箱 电子邮件 ອີເມວ البريدالالكتروني',
  address:
    'address addressline streetaddress street streetname streetnumber streetno housenumber houseno residentialaddress physicaladdress adresse endereco anwani адрес дареги 地址 住址 ທີ່ຢູ່ العنوان پتہ',
  locality:
    'locality city town suburb village settlement place ville cidade kijiji mji город село населенныйпункт айыл 城市 市 村 ບ້ານ المدينة شہر',
  postcode:
    'postcode postalcode zip zipcode plz postcodezip codepostal cep индекс 邮编 邮政编码 ລະຫັດໄປສະນີ الرمزالبريدي',
  region:
    'region state province county countyname district prefecture estado kaunti mkoa область регион облус 省 省份 地区 ແຂວງ المحافظة ضلع صوبہ',
  occupation: 'occupation profession job jobtitle trade kazi профессия кесиби 职业 ອາຊີບ المهنة پیشہ',
  nationalId:
    'nationalid nationalidnumber nationalidno nid nin ssn socsecid socialsecuritynumber idnumber idno idcard cnic pin inn nationalidentitynumber kitambulisho nambayakitambulisho инн пин 身份证 身份证号 身份证号码 ເລກບັດປະຈຳຕົວ الرقمالوطني شناختیکارڈ',
  relatedName:
    'relatedname mothername mothersname fathername fathersname guardianname spousename nextofkin headname householdhead jinalamama jinalababa имяматери 母亲姓名 父亲姓名 ຊື່ແມ່ ຊື່ພໍ່ اسمالام اسمالاب والدکانام',
  'identifier:passport': 'passport passportnumber passportno паспорт 护照 护照号',
}

const fields = new Map<string, 'id' | 'source' | FieldName>()
for (const [field, headings] of Object.entries(known))
  for (const heading of headings?.split(' ') ?? []) fields.set(folded(heading), field as 'id' | 'source' | FieldName)

/** Fields that are often written in several columns. */
const manyColumns = new Set<string>(['givenName', 'familyName', 'phone', 'email', 'address', 'relatedName'])

function folded(heading: string): string {
  const spaced = heading.normalize('NFKD').toLowerCase()
  return spaced.replace(/[^\p{L}\p{N}]+/gu, '')
}

/** The field a heading means; `address_2` and `fname_c1` mean what they mean without their number. */
function fieldOf(heading: string): 'id' | 'source' | FieldName | undefined {
  const word = folded(heading)
  return fields.get(word) ?? fields.get(word.replace(/(line|part|c)?\d$/u, ''))
}

/** True for a heading that is an id's by its name. */
export const isIdHeading = (heading: string): boolean => fieldOf(heading) === 'id'

export type Guess = { readonly column: string; readonly field: 'id' | 'source' | FieldName }

/** What the headings mean, where that is plain; in the order of the columns. */
export function guessFields(headings: readonly string[], except: ReadonlySet<string>): Guess[] {
  const guesses: Guess[] = []
  for (const column of headings) {
    const field = except.has(column) ? undefined : fieldOf(column)
    if (field === undefined) continue
    if (manyColumns.has(field) || !guesses.some((one) => one.field === field)) guesses.push({ column, field })
  }
  const has = (field: FieldName) => guesses.some((one) => one.field === field)
  // "name" beside "surname" is a given name; beside both it is the same once more.
  if (!has('familyName')) return guesses
  return guesses.flatMap((one) => {
    if (one.field !== 'fullName') return [one]
    return has('givenName') ? [] : [{ ...one, field: 'givenName' as const }]
  })
}
