-- The tables of an index, without the indexes on words, which are made once a first batch is in.

create table state (version text not null, generation text not null);

-- Numbers are given once and for all: readers keep what they know of an article by its number.
create sequence if not exists numbers as int;
create table keys (
  key text collate "C" primary key,
  briefing text collate "C" not null,
  digest text not null,
  number int not null
);
create index on keys (briefing);

-- `shown` is how many of its `length` passages are in read roles.
create table articles (
  number int primary key,
  key text collate "C" not null,
  first_day int not null,
  last_day int not null,
  length int not null,
  shown int not null,
  facets bytea not null,
  record bytea not null,
  words tsvector not null
);
create index on articles (key);

create table passages (
  article int not null,
  place int not null,
  length smallint not null,
  role smallint not null,
  read bool not null,
  lead bool not null,
  slots text not null,
  record bytea not null,
  words tsvector not null,
  far text not null,
  primary key (article, place)
);

-- How many passages have a lexeme, and how many of those in read roles.
create table terms (
  lexeme text collate "C" primary key,
  stem text collate "C",
  count int not null,
  shown int not null
) with (fillfactor = 70);

-- What is long stands apart, so that counting reads few pages.
alter table articles set (toast_tuple_target = 128);
alter table articles alter facets set storage main;
alter table articles alter words set storage external;
alter table passages set (toast_tuple_target = 128);
alter table passages alter slots set storage main;
alter table passages alter words set storage external;

-- Reading statistics of more words than these takes planning longer than they are worth.
alter table articles alter words set statistics 20;
alter table passages alter words set statistics 20;

-- The places where words in a row start in a passage, the last perhaps the beginning of one.
create or replace function row_places(places tsvector, far text, words text[], begins bool)
returns setof int immutable as $$
  select place - n::int
  from (
    select lexeme, unnest(positions)::int as place from unnest(places) where far = ''
    union all
    select key, jsonb_array_elements_text(value)::int
    from jsonb_each(coalesce(nullif(far, ''), '{}')::jsonb)
    where key ^@ any(words)
  ) held
  join unnest(words) with ordinality asked(word, n)
    on lexeme = word or (begins and n = cardinality(words) and lexeme ^@ word)
  group by 1 having count(distinct n) = cardinality(words)
$$ language sql;

-- Whether several words, each given as rows of which one must be there, each have a place of their
-- own in one window of places.
create or replace function are_near(places tsvector, far text, asked jsonb, size int)
returns bool immutable as $$
  with marked as materialized (
    select kind, place
    from jsonb_array_elements(asked) with ordinality each(word, kind),
      jsonb_array_elements(word -> 'rows') rows,
      row_places(
        places, far, array(select jsonb_array_elements_text(rows)), (word -> 'begins')::bool
      ) place)
  select exists (
    select from marked behind, lateral (
      select max(place) as place from marked before
      where (before.place, before.kind) <= (behind.place, behind.kind) group by kind) last
    group by behind.place, behind.kind
    having behind.place - min(last.place) <= size
      and count(distinct last.place) = jsonb_array_length(asked))
$$ language sql;
