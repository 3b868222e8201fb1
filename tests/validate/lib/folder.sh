# shellcheck shell=bash
# Every checker on one folder of outputs. Sourced after results.sh; needs VALIDATE, VALIDATORS, PYTHON
# and WORK.

ACE_LIMIT=60

# check_folder NAME: the feeds, books and pictures in WORK/NAME.
check_folder() {
  local file subject count=0
  while IFS= read -r -d '' file; do
    count=$((count + 1))
    subject=${file#"$WORK/"}
    case $file in
      *.xml | *.opml) check_xml "$file" "$subject" ;;
      *.json) check_json_feed "$file" "$subject" ;;
      *.epub | *.jpg | *.png) run_checker pictures "$subject" pictures.py "$file" ;;
      *) record_failure unknown "$subject (no checker knows this kind of file)" ;;
    esac
  done < <(find "$WORK/$1" -type f -print0 2>/dev/null | sort -z)
  if ((count == 0)); then
    record_failure outputs "$1 (nothing to check)"
    return 0
  fi
  check offprint-check "$1" "$OFFPRINT" check "$WORK/$1"
  check_same_items "$1"
  [[ ! -d $WORK/$1/archive ]] || run_checker history "$1" history.py "$WORK/$1"
}

# run_checker NAME SUBJECT SCRIPT ARGUMENT…
run_checker() {
  local name=$1 subject=$2 script=$3
  shift 3
  check "$name" "$subject" "$PYTHON" "$VALIDATE/checkers/$script" "$@"
}

# check_xml FILE SUBJECT: RSS, Atom, an OPDS catalogue or an OPML list, told apart by the root element.
check_xml() {
  local root
  check xmllint "$2" xmllint --noout --huge --nonet "$1"
  root=$(head -c 4000 "$1" | grep -oE '<(rss|feed|opml)[ >]' | head -n 1 | tr -d '< >' || true)
  case $root in
    rss)
      check jing "$2" jing -c "$VALIDATE/grammars/rss.rnc" "$1"
      check_readers rss "$1" "$2"
      ;;
    feed)
      check jing "$2" jing -c "$VALIDATE/grammars/atom.rnc" "$1"
      # A catalogue is for e-readers; feed readers owe it nothing.
      [[ $1 == */opds.xml ]] || check_readers atom "$1" "$2"
      ;;
    opml) check jing "$2" jing -c "$VALIDATE/grammars/opml.rnc" "$1" ;;
    *) record_failure jing "$2 (neither RSS, Atom nor OPML)" ;;
  esac
}

check_json_feed() {
  run_checker json-feed "$2" json_feed.py \
    "$VALIDATORS/npm/node_modules/jsonfeed-schema/schema-v1.1.json" "$1"
  check_readers json "$1" "$2"
}

# check_readers KIND FILE SUBJECT: each feed reader that reads this kind.
check_readers() {
  local -a readers=(atoma feed-rs feedsmith)
  local reader
  [[ $1 == json ]] || readers+=(feedparser newsboat rss-parser sfeed)
  for reader in "${readers[@]}"; do
    run_checker "$reader" "$3" feed_reader.py "$reader" "$2"
  done
}

# books_in NAME: the books in WORK/NAME, each ended by a NUL.
books_in() {
  find "$WORK/$1" -type f -name '*.epub' -print0 2>/dev/null | sort -z
}

# check_books: EPUBCheck on the books of all OUTPUTS at once, since starting it takes longer than most checks.
check_books() {
  local -a books=() more
  local name
  for name in "${OUTPUTS[@]}"; do
    mapfile -d '' -t more < <(books_in "$name")
    books+=(${more[@]+"${more[@]}"})
  done
  LIMIT=1800 check epubcheck "all ${#books[@]} books" \
    java -cp "$(epubcheck_jar)" "$VALIDATE/checkers/EpubCheckAll.java" "${books[@]}"
}

# read_books NAME…: each book in WORK/NAME in each reading system. What takes longest begins first.
read_books() {
  local -a books readings=()
  local name book system
  for name; do
    mapfile -d '' -t books < <(books_in "$name")
    ((${#books[@]} > 0)) || record_failure outputs "$name (no book to read)"
    for book in ${books[@]+"${books[@]}"}; do
      for system in foliate epubjs calibre accessibility mupdf; do
        readings+=("$(stat --format %s "$book") read_in_$system:$book")
      done
    done
  done
  mapfile -t readings < <(printf '%s\n' ${readings[@]+"${readings[@]}"} | sort -rn -s -k 1,1 | cut -d ' ' -f 2-)
  together one_of ${readings[@]+"${readings[@]}"}
}

read_in_foliate() { run_checker foliate "${1#"$WORK/"}" web_reader.py foliate "$1"; }
read_in_epubjs() { run_checker epubjs "${1#"$WORK/"}" web_reader.py epubjs "$1"; }
read_in_calibre() { run_checker calibre "${1#"$WORK/"}" calibre.py "$1"; }
read_in_mupdf() { run_checker mupdf "${1#"$WORK/"}" mupdf.py "$1"; }
read_in_accessibility() { check_accessibility "$1" "${1#"$WORK/"}"; }

# check_accessibility FILE SUBJECT: Ace takes most of a second a document, so large books are not for it;
# the samples of their archives are.
check_accessibility() {
  local documents
  documents=$(unzip_list "$1" | grep -c '\.xhtml$' || true)
  if ((documents > ACE_LIMIT)); then
    record_skip ace "$2" "books of more than $ACE_LIMIT documents would take too long"
  else
    run_checker ace "$2" ace.py "$1"
  fi
}

# unzip_list FILE: the names in a ZIP.
unzip_list() {
  "$PYTHON" -m zipfile --list "$1" | awk 'NR > 1 { print $1 }'
}

# check_same_items NAME: the formats of one feed among each other: rss.xml, atom.xml and feed.json, and
# each archive document's rss-PERIOD.xml and atom-PERIOD.xml.
check_same_items() {
  local rss atom
  local -a others
  while IFS= read -r -d '' rss; do
    others=()
    atom=$(dirname "$rss")/$(basename "$rss" | sed 's/^rss/atom/')
    [[ ! -f $atom ]] || others+=("$atom")
    [[ $(basename "$rss") != rss.xml || ! -f $(dirname "$rss")/feed.json ]] ||
      others+=("$(dirname "$rss")/feed.json")
    ((${#others[@]} == 0)) || run_checker same-items "${rss#"$WORK/"}" same_items.py "$rss" "${others[@]}"
  done < <(find "$WORK/$1" -name 'rss*.xml' -print0 | sort -z)
}
