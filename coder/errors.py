"""Every message that a user can see: a stable code, what is wrong, what to do.

`raise CoderError(E101, place="news/a.txt", path=path)` stops a command with a clean
message and exit code 2; the same messages give the reasons in the `rejects` table.
Codes: 1xx input, 2xx codebooks, 3xx parsing, 4xx tables and datasets, 5xx evaluation,
6xx command line and set-up, 700-719 importing, 720-749 exports, panels and releases,
750-769 pages, 770-789 Python and spaCy.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A message: `text` and `fix` are `str.format` templates over the same fields."""

    code: str
    text: str
    fix: str


class CoderError(Exception):
    """An error that a user can act on.

    `place` is where it is: a path, `path:line`, a column, an id. Printed as
    `error E101 at news/a.txt: No such file. Check the spelling ...`.
    """

    def __init__(self, message: Message, *, place: str = "", **fields: object) -> None:
        self.message = message
        self.place = place
        self.text = message.text.format(**fields)
        self.fix = message.fix.format(**fields)
        super().__init__(self.render())

    def __reduce__(self) -> tuple[object, ...]:
        # By default pickle would make the error of its text, without message and fields.
        return _remade, (self.message, self.place, self.text, self.fix)

    @property
    def code(self) -> str:
        return self.message.code

    def render(self) -> str:
        at = f" at {self.place}" if self.place else ""
        return f"error {self.code}{at}: {self.text} {self.fix}".rstrip()


def _remade(message: Message, place: str, text: str, fix: str) -> CoderError:
    error = CoderError.__new__(CoderError)
    error.message, error.place, error.text, error.fix = message, place, text, fix
    Exception.__init__(error, error.render())
    return error


# --- 1xx input ------------------------------------------------------------------------------

E101 = Message("E101", "There is no file or folder {path}.", "Check the spelling of the path.")
E102 = Message("E102", "{path} cannot be read: {reason}.", "Check the file and its permissions.")
E103 = Message(
    "E103",
    "The folder {path} holds no article file.",
    "Article files end in {suffixes}.",
)
E104 = Message("E104", "No file matches {path}.", "Check the pattern, and quote it in a shell.")
E105 = Message(
    "E105",
    "{path} is of no known article format.",
    "Known endings are {suffixes}; JSON lines may also come on standard input, as -.",
)
E106 = Message("E106", "{path} is not text but binary data.", "Give a file of one known format.")
E107 = Message(
    "E107",
    "The bytes are not text in {encoding}.",
    "Save the file as UTF-8, or name its encoding with the option encoding.",
)
E108 = Message(
    "E108",
    "There is no column for {needed}. Columns found: {found}.",
    "Name the column with the option columns, e.g. {needed}=NAME.",
)
E109 = Message("E109", "No path was given.", "Name files, folders, patterns, or - for stdin.")
E110 = Message("E110", "There is no publication date.", "An article cannot be dated without one.")
E111 = Message(
    "E111",
    "{value!r} is not a publication date: {reason}.",
    "Write dates as 2024-02-03, or give the option date_format.",
)
E112 = Message(
    "E112",
    "The publication date {value!r} is ambiguous: day or month may stand first.",
    "Give the option date_format, e.g. %d/%m/%Y.",
)
E113 = Message("E113", "The article has no text.", "Check the column or element of the text.")
E114 = Message(
    "E114",
    "The article has more than {limit} characters.",
    "Split the file, or raise the option max_chars.",
)
E115 = Message(
    "E115",
    "The language is {language}, not English.",
    "Only English is coded; a language column with the value en overrides detection.",
)
E116 = Message("E116", "The line is not a JSON object: {reason}.", "Correct or remove the line.")
E117 = Message("E117", "The CSV row is broken: {reason}.", "Check quotes and separators.")
E118 = Message(
    "E118",
    "The XML is not well-formed: {reason}.",
    "Articles before this place were read; correct the file to read the rest.",
)
E119 = Message("E119", "The {field} is not text but {kind}.", "Write it as a string.")
E120 = Message(
    "E120",
    "{name!r} is not a field of an article.",
    "Fields that the option columns can name: {known}.",
)
E121 = Message("E121", "The encoding {encoding!r} is not known.", "Use a name such as utf-8.")
E122 = Message(
    "E122",
    "The same article (publisher, date and text) stands also at {other}.",
    "It is kept once.",
)

# --- 2xx codebooks --------------------------------------------------------------------------
E230 = Message(
    "E230", "Place data: {why}.", "Correct that entry; the head of the file names its keys."
)
E220 = Message("E220", "Word list: {why}.", "Correct that key; the file says what each is for.")
E221 = Message(
    "E221", "Word file: {why}.", "Correct that entry; the head of the file names its keys."
)

E250 = Message("E250", "{problem}.", "Correct the codebook and run `coder check` again.")
E251 = Message(
    "E251",
    "There is no codebook named {name}.",
    "Known codebooks: {known}. Or give the path of a YAML file.",
)
E252 = Message(
    "E252",
    "The path {path!r} cannot be read: {problem}.",
    "See docs/codebook-guide.md for how paths are written.",
)
E253 = Message(
    "E253", "The codebooks have {n} problem(s).", "Correct them and run `coder check` again."
)

E201 = Message("E201", "Cannot read the file: {why}.", "Check the path and the permissions.")
E202 = Message("E202", "Not valid YAML: {why}.", "Check indentation, quotes and brackets there.")
E203 = Message("E203", 'The key "{key}" stands twice.', "Keep one of the two.")
E204 = Message(
    "E204", "The tag {tag} is not allowed.", "Write plain text; quote it if it begins with !."
)
E205 = Message("E205", "A key must be plain text.", "Write `key: value`, without ? or brackets.")
E206 = Message(
    "E206", "The file is too large once its aliases are written out.", "Use fewer & and * marks."
)

E210 = Message("E210", "Actor file: {why}.", "Compare with the other entries.")
E211 = Message(
    "E211", "No actor files (*.yaml with `actors:`) in {path}.", "Check the codebooks folder."
)

E260 = Message("E260", "Unknown {what}: {name}.", "Known: {known}.")
E261 = Message("E261", "Cannot write the file: {why}.", "Name another file with --out.")

# --- 3xx parsing ----------------------------------------------------------------------------

E301 = Message(
    "E301",
    "The spaCy pipeline {model} is not installed.",
    "Install it as a package (pip install {model}) or name another one with --model.",
)
E302 = Message(
    "E302",
    "The pipeline {model} does not have the dependency labels of spaCy's English pipelines "
    "(missing: {missing}).",
    "Use an English spaCy pipeline with a parser, such as en_core_web_sm.",
)
E303 = Message(
    "E303",
    "The article could not be parsed: {reason}.",
    "The article is left out; the rest is coded.",
)

# --- 4xx tables and datasets ----------------------------------------------------------------

E401 = Message(
    "E401",
    "{column} is {value!r}, which breaks the check: {check}.",
    "The row and what refers to it are left out; the data dictionary says what is allowed.",
)
E402 = Message(
    "E402",
    "The table {table} does not have the columns of its model: {problem}.",
    "Make it with coder.tables.models.frame, which gives every column its type.",
)
E403 = Message(
    "E403",
    "{columns} refers to {value!r}, which the table {parent} does not have.",
    "The row is left out; look for why the row it refers to is missing.",
)
E404 = Message(
    "E404",
    "The key {value!r} stands in several rows.",
    "The first of them by the order of all its values is kept.",
)
E405 = Message(
    "E405",
    "The codebook {codebook} has no code {value!r}.",
    "The row is left out; correct the codebook, or code with the one that has it.",
)
E406 = Message(
    "E406",
    "The event has no row in {child}, so no sentence bears it out.",
    "The row is left out with all that refers to it.",
)
E407 = Message(
    "E407",
    "{n} row(s) fail the checks. First: {first}",
    "Correct the input, or build without strict to leave such rows out.",
)
E408 = Message(
    "E408",
    "The table {table} would have two rows of one key: {key}.",
    "This is a fault of the program; nothing was written. Please report it with this line.",
)
E410 = Message("E410", "There is no table named {table}.", "Tables: {known}.")
E411 = Message(
    "E411",
    "{path} cannot be read as the table {table}: {reason}.",
    "Build the dataset again.",
)
E420 = Message(
    "E420",
    "{path} is not empty and was not made by coder.",
    "Name a new or an empty folder with --out; files of yours are never removed.",
)
E421 = Message(
    "E421",
    "Another build is writing into {path}.",
    "Wait until it ends, or name another folder with --out.",
)
E422 = Message(
    "E422",
    "The disk of {path} is full.",
    "Make room and build again; the dataset built before is as it was.",
)
E423 = Message(
    "E423",
    "There is no dataset in {path}.",
    "Build one with coder build, or check the spelling of the path.",
)
E424 = Message(
    "E424", "{path} cannot be written: {reason}.", "Check the permissions of the folder."
)
E425 = Message(
    "E425",
    "{path} is not a manifest that this version reads: {reason}.",
    "Build the dataset again with this version.",
)
E426 = Message(
    "E426",
    "{path} is a folder or file of yours, where the pointer to the newest build belongs.",
    "Rename it and build again.",
)
E427 = Message(
    "E427", "{build_id!r} is not the id of a build.", "Leave it out, and one is made of the time."
)

E430 = Message(
    "E430",
    "The dataset has no {path}.",
    "Build it again; the Parquet files beside it hold the same tables.",
)
E431 = Message(
    "E431",
    "A query is one statement that reads: SELECT, WITH, FROM, DESCRIBE, SUMMARIZE or EXPLAIN; "
    "this is {found}.",
    "Copy the dataset to change it, and write results with --format csv or json.",
)
E432 = Message(
    "E432", "DuckDB: {reason}.", "Correct the query; its tables and views are in docs/queries.md."
)
E433 = Message("E433", "There is no format {name!r}.", "Formats: {known}.")
E434 = Message("E434", "There is no recipe {name!r}.", "Recipes: {known}.")
E440 = Message(
    "E440",
    "A codebook was changed while the build ran, so that articles would be coded by two versions.",
    "Build again; what was coded so far is taken over where it holds.",
)
E441 = Message(
    "E441",
    "{value} is not a size for the cache.",
    "Give --cache-limit a number of megabytes from 1 up, or keep nothing with --no-cache.",
)

E455 = Message(
    "E455",
    "Coding the article took more than {seconds} seconds.",
    "It is left out and the rest is coded; raise --time-limit if it is only long.",
)
E456 = Message(
    "E456",
    "The article ended the process that coded it, more than once.",
    "It is left out and the rest is coded; look at its text for what is no prose.",
)
E457 = Message(
    "E457",
    "Coding the article took more than {gigabytes} GB of memory.",
    "It is left out and the rest is coded; divide it, or look at its text for what is no prose.",
)
E458 = Message(
    "E458",
    "{value!r} is not a time limit.",
    "Give --time-limit a number of seconds from 0 up; 0 is no limit.",
)
E459 = Message("E459", "There is no engine named {name!r}.", "Engines: {known}.")
E460 = Message(
    "E460",
    "The package ray, which the engine ray runs on, is not installed.",
    'Install it on all machines with the extra: pip install "event-coder[ray]".',
)
E461 = Message(
    "E461",
    "The cluster has lost all workers, and none has come back for {seconds} seconds.",
    "Look at the cluster with `ray status`, and build again.",
)
E462 = Message(
    "E462",
    "The path {path} holds {character}, which databases cannot have in their paths.",
    "Name another folder with --out.",
)

# --- 5xx evaluation -------------------------------------------------------------------------

E501 = Message(
    "E501",
    "There is no gold here.",
    "Give a file of gold (.jsonl, or .json beside its .txt) or a folder of them.",
)
E502 = Message(
    "E502", "Not gold: {why}.", "An item needs id, published, text, and events with a cameo code."
)
E503 = Message(
    "E503",
    "Half B is only scored, its items are not shown.",
    "Ask for the errors of half A.",
)
E504 = Message("E504", "There is no {what} named {name!r}.", "Known: {known}.")
E505 = Message(
    "E505",
    "Not a line of predictions: {why}.",
    'Write {{"id": ..., "events": [...]}} on each line, as `coder code` does.',
)
E506 = Message("E506", "Not a sheet of samples: {why}.", "Use a sheet made by `coder sample`.")

# --- 6xx command line and set-up ------------------------------------------------------------

E601 = Message(
    "E601",
    "A process that codes articles has died; the system may have run out of memory.",
    "Build again with fewer processes than {workers}, e.g. --workers 1.",
)
E602 = Message(
    "E602", "{value} is not a number of processes.", "Give --workers a number from 1 up."
)
E603 = Message(
    "E603",
    "{value!r} does not name a column.",
    "Write --column FIELD=NAME, e.g. --column text=story.",
)
E604 = Message(
    "E604",
    "Stopped at the first row that failed, as --strict asks. {reason}",
    "Correct it, or build without --strict to leave such rows out.",
)
E605 = Message(
    "E605",
    "{path} is there already and is left as it is.",
    "Name another folder, or remove the file first.",
)
E606 = Message("E606", "{value!r} is not a date.", "Write it as 2024-02-03.")
E607 = Message("E607", "There is no sentence to explain.", 'Give one: coder explain "Text."')
E608 = Message("E608", "{value!r} is not one of {known}.", "Choose one of them.")
E609 = Message("E609", "Needed: {needed}.", "See coder {command} --help.")
E699 = Message(
    "E699",
    "Something unexpected went wrong ({reason}). This is a fault of the program.",
    "Run the command again with --debug for the details, and report them.",
)

E690 = Message(
    "E690",
    "The codebooks that come with the program are missing.",
    "Install event-coder again, or work in a whole checkout.",
)

# --- 700-719 importing ----------------------------------------------------------------------

E700 = Message(
    "E700",
    "{path} holds no dictionary that can be imported.",
    "Give the verb, actor, agent, discard or issue files of PETRARCH or TABARI, or their folder.",
)
E701 = Message(
    "E701",
    "{path} is there already and is left as it is.",
    "Name a new or an empty folder with --out.",
)
E702 = Message(
    "E702",
    "A codebook that stands alone is used by itself, and not beside {others}.",
    "Give --codebook once, with its folder.",
)
E703 = Message("E703", "Dictionary of a codebook: {why}.", "Correct that entry.")
E704 = Message(
    "E704",
    "Not a file of unit-test records: {why}.",
    "Give an XML file of PETRARCH with <Sentence> elements that hold <Text> and <EventCoding>.",
)
E705 = Message("E705", "{value!r} is no id for a codebook.", "Use small letters, digits and _.")

# --- 72x-74x exports, panels and releases -----------------------------------------------------

E720 = Message("E720", "There is no export format {name!r}.", "Formats: {known}.")
E721 = Message(
    "E721",
    "The package {package}, which writes {what}, is not installed.",
    'Install it with the extra: pip install "event-coder[export]".',
)
E722 = Message("E722", "The dataset has no table or view {name!r}.", "It has: {known}.")
E723 = Message(
    "E723",
    "No event has a code of the codebook {codebook}, which the format {format} is made of.",
    "Build the dataset with --codebook {codebook}.",
)
E724 = Message("E724", "{value} is no number of periods.", "Give a number from 1 up.")
E725 = Message("E725", "The time ends on {end}, before it begins on {start}.", "Turn them around.")
E726 = Message(
    "E726",
    "No unit of this panel lies in {country}.",
    "Give ISO 3166 codes of states of that time, such as SYR; --territories adds other places.",
)
E727 = Message(
    "E727",
    "No article was read, so that a zero cannot be told from a gap.",
    "Build the dataset from articles.",
)
E728 = Message(
    "E728",
    "The panel would have {rows} rows, more than {most}.",
    "Choose fewer units with --country, a shorter time with --from and --until, or longer periods.",
)
E729 = Message(
    "E729", "{path} has no ending of a format.", "Name a file that ends in one of {known}."
)
E730 = Message(
    "E730",
    "{path} is there already and is not empty.",
    "Name a new folder with --out; files of yours are never removed.",
)
E731 = Message(
    "E731",
    "A release names its authors.",
    'Give each one with --author "Family name, Given name".',
)
E732 = Message(
    "E732",
    "The dataset in {path} is a database without its build, which a release needs.",
    "Give the folder of the dataset, or of one build of it.",
)
E733 = Message(
    "E733",
    "The database was built by a version that had no view {view}.",
    "Build the dataset again with this version.",
)

# --- 750-769 pages --------------------------------------------------------------------------

E750 = Message(
    "E750",
    "The package {package}, which pages are made with, is not installed.",
    "Install it: pip install 'event-coder[report]'.",
)
E751 = Message(
    "E751",
    "{path} is there already and was not made by coder.",
    "Name another file or folder with --out; files of yours are never replaced.",
)
E752 = Message(
    "E752",
    "{name} has no codes, so there is nothing to print.",
    "Name a codebook that has labels or codes, such as {known}.",
)

# --- 770-789 Python and spaCy -----------------------------------------------------------------

E770 = Message(
    "E770",
    "Articles are given as {kind}, which is no frame.",
    "Give a frame of polars or pandas, or a table of Arrow, with a row for each article.",
)
E771 = Message(
    "E771",
    "The dataset has no event {event!r}.",
    "Take an event_id of its table events; ids change when articles or rules do.",
)
E772 = Message("E772", "A panel has no option {name!r}.", "Options: {known}.")
E773 = Message(
    "E773",
    "The parse of the text lacks {missing}.",
    'Put event_coder after a tagger, a parser and a lemmatizer, or set its option parse to "own".',
)
E774 = Message(
    "E774",
    "The parse has other labels than those of spaCy's English pipelines ({problem}), which the "
    "rules are written for.",
    'Use such a pipeline, or set the option parse of event_coder to "own": the text is then '
    "parsed once more with {model}.",
)
E775 = Message(
    "E775",
    "The text has no day of publication, against which its dates are read.",
    "Set doc._.{name}, doc.user_data[{name!r}], a context with {name!r} (as_tuples), or the "
    "option published for all texts.",
)
E776 = Message(
    "E776",
    "doc._.{name} is there already and computes its value.",
    "Give event_coder another name with its option attribute.",
)
E777 = Message(
    "E777",
    "{value!r} is not a value of the option parse.",
    'Choose "doc", the parse that the text has, or "own".',
)
