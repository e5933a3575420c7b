-- Cells of lockers. Of a holder (an order, a parcel) there is one cell at most, and an open code is alone in its locker while it holds.
create table if not exists network_cells (
  locker_code varchar(32) not null,
  number int not null check (number > 0),
  size varchar(8) not null check (size in ('small', 'medium', 'large')),
  state varchar(16) not null default 'free' check (state in ('free', 'reserved', 'occupied', 'out_of_service')),
  holder varchar(64) null unique,
  reserved_until bigint null,
  code_hash char(64) character set ascii collate ascii_bin null,
  code_cipher varchar(200) character set ascii collate ascii_bin null,
  version bigint not null default 0,
  primary key (locker_code, number),
  unique (locker_code, code_hash),
  check ((holder is null) = (state in ('free', 'out_of_service'))),
  index network_cells_choice (locker_code, state, size, number),
  index network_cells_due (state, reserved_until)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Wrong open codes, counted for each locker and whoever types them.
create table if not exists network_open_tries (
  locker_code varchar(32) not null,
  caller varchar(64) not null,
  tries int not null,
  last_at bigint not null,
  locked_until bigint null,
  primary key (locker_code, caller),
  index network_open_tries_old (last_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- changed_at: whoever changes the row writes the time, so that processes that hold it in memory read it again.
alter table network_lockers
  add column closed tinyint not null default 0 check (closed in (0, 1)),
  add column fee varchar(200) not null default '',
  add column free_hours int not null default 24,
  add column changed_at bigint not null default 0,
  add index network_lockers_changed (changed_at);

alter table network_outlets
  add column max_length_mm int null,
  add column max_sides_mm int null,
  add column free_hours int not null default 72,
  add column changed_at bigint not null default 0,
  add index network_outlets_changed (changed_at);

-- Lockers that are there already get their cells: first the small ones, then the medium, then the large.
insert ignore into network_cells (locker_code, number, size)
with recursive n (i) as (select 1 union all select i + 1 from n where i < 400)
select l.code, n.i, 'small' from network_lockers l join n on n.i <= l.cells_small
union all select l.code, l.cells_small + n.i, 'medium' from network_lockers l join n on n.i <= l.cells_medium
union all select l.code, l.cells_small + l.cells_medium + n.i, 'large' from network_lockers l join n on n.i <= l.cells_large;

update network_lockers set free_small = cells_small, free_medium = cells_medium, free_large = cells_large;
