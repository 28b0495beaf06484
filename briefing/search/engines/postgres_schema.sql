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

create table articles (
  number int primary key,
  key text collate "C" not null,
  first_day int not null,
  last_day int not null,
  length int not null,
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
  places tsvector not null,
  primary key (article, place)
);

create table terms (
  lexeme text collate "C" not null,
  stem text collate "C",
  change int not null,
  shown int not null,
  merged bool not null
);

-- What is long stands apart, so that counting reads few pages.
alter table articles set (toast_tuple_target = 128);
alter table articles alter facets set storage main;
alter table articles alter words set storage external;
alter table passages set (toast_tuple_target = 128);
alter table passages alter slots set storage main;
alter table passages alter words set storage external;
alter table passages alter places set storage external;

-- Reading statistics of more words than these takes planning longer than they are worth.
alter table articles alter words set statistics 20;
alter table passages alter words set statistics 20;
alter table passages alter places set statistics 0;
