/** Words of the pet names. */

/** Adverbs, for names of three words and more. */
export const adverbs: readonly string[] = (
  "barely boldly calmly daily early fairly firmly gladly hardly highly jointly kindly " +
  "largely lately mildly mostly nearly neatly newly openly partly plainly quietly " +
  "rarely readily safely shortly simply slowly softly solely surely swiftly truly " +
  "usually vastly warmly wholly widely wisely"
).split(" ");

/** Adjectives, for names of two words and more. */
export const adjectives: readonly string[] = (
  "able alert amber ample brave brief bright broad calm civil clear coral crisp eager " +
  "early equal exact fair fleet frank fresh gentle glad golden grand happy hardy honest " +
  "humble ideal jolly keen kind light lively loyal lucky mellow merry mighty modest " +
  "neat noble novel patient placid polite proper proud quick quiet ready robust rustic " +
  "sharp silent sincere smart solid stable steady sunny swift tidy tender true upright " +
  "valid vital warm wise worthy young zesty"
).split(" ");

/** Animals, in every name. */
export const animals: readonly string[] = (
  "ant badger bat bear beaver bee bison boar bream buck camel carp cat civet cod colt " +
  "condor cougar crab crane cricket crow deer dingo dog dove duck eagle eel egret elk " +
  "falcon ferret finch fox frog gecko goat goose grouse gull hare hawk heron horse " +
  "hound ibex jackal jay kite koala lark lemur llama lynx magpie marmot marten mink " +
  "mole moose moth mouse mule newt otter owl panda perch pika pony puffin quail rabbit " +
  "raven robin rook salmon seal shrew skunk sloth snail sparrow squid stork swan tapir " +
  "tern thrush toad trout turtle vole walrus wasp weasel whale wolf wombat wren yak " +
  "zebra"
).split(" ");
