/** Names of months as machines write them: whole and shortened, in the languages that people's computers speak. */

/** January to December; variants of one month are parted by a slash. Small letters, without the dot behind. */
const LANGUAGES: readonly string[] = [
  'jan/january feb/february mar/march apr/april may jun/june jul/july aug/august sep/sept/september oct/october nov/november dec/december',
  'jän/januar/jänner feb/februar mär/mrz/märz april mai juni juli august september okt/oktober november dez/dezember',
  'janv/janvier févr/fév/février mars avr/avril mai juin juil/juillet août/aoû septembre octobre novembre déc/décembre',
  'ene/enero febrero marzo abr/abril mayo junio julio ago/agosto septiembre octubre noviembre dic/diciembre',
  'gen/gennaio febbraio marzo aprile mag/maggio giu/giugno lug/luglio ago/agosto set/settembre ott/ottobre novembre dic/dicembre',
  'janeiro fev/fevereiro março abril mai/maio junho julho agosto set/setembro out/outubro novembro dez/dezembro',
  'januari februari mrt/maart april mei juni juli augustus september okt/oktober november december',
  'januari februari mars april maj juni juli augusti september okt/oktober november december',
  'sty/stycznia/styczeń lut/lutego/luty marca/marzec kwi/kwietnia/kwiecień maj/maja cze/czerwca/czerwiec lip/lipca/lipiec sie/sierpnia/sierpień wrz/września/wrzesień paź/października/październik lis/listopada/listopad gru/grudnia/grudzień',
  'янв/января февр/фев/февраля мар/марта апр/апреля мая/май июн/июня июл/июля авг/августа сент/сен/сентября окт/октября нояб/ноя/ноября дек/декабря',
]

const NAMES: ReadonlyMap<string, number> = new Map(
  LANGUAGES.flatMap((language) =>
    language.split(' ').flatMap((names, i) => names.split('/').map((name) => [name, i + 1] as const)),
  ),
)

/** 1 to 12 for a name in small letters, or undefined. */
export const monthNamed = (word: string): number | undefined => NAMES.get(word) ?? NAMES.get(word.normalize('NFC'))
