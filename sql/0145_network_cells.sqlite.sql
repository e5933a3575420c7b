-- Cells of lockers. Of a holder (an order, a parcel) there is one cell at most, and an open code is alone in its locker while it holds.
create table network_cells (
  locker_code text not null,
  number integer not null check (number > 0),
  size text not null check (size in ('small', 'medium', 'large')),
  state text not null default 'free' check (state in ('free', 'reserved', 'occupied', 'out_of_service')),
  holder text unique,
  reserved_until integer,
  code_hash text,
  code_cipher text,
  version integer not null default 0,
  primary key (locker_code, number),
  unique (locker_code, code_hash),
  check ((holder is null) = (state in ('free', 'out_of_service')))
) strict, without rowid;

create index network_cells_choice on network_cells (locker_code, state, size, number);
create index network_cells_due on network_cells (state, reserved_until);

-- Wrong open codes, counted for each locker and whoever types them.
create table network_open_tries (
  locker_code text not null,
  caller text not null,
  tries integer not null,
  last_at integer not null,
  locked_until integer,
  primary key (locker_code, caller)
) strict, without rowid;

create index network_open_tries_old on network_open_tries (last_at);

-- changed_at: whoever changes the row writes the time, so that processes that hold it in memory read it again.
alter table network_lockers add column closed integer not null default 0 check (closed in (0, 1));
alter table network_lockers add column fee text not null default '';
alter table network_lockers add column free_hours integer not null default 24;
alter table network_lockers add column changed_at integer not null default 0;
create index network_lockers_changed on network_lockers (changed_at);

alter table network_outlets add column max_length_mm integer;
alter table network_outlets add column max_sides_mm integer;
alter table network_outlets add column free_hours integer not null default 72;
alter table network_outlets add column changed_at integer not null default 0;
create index network_outlets_changed on network_outlets (changed_at);

-- Lockers that are there already get their cells: first the small ones, then the medium, then the large.
insert into network_cells (locker_code, number, size)
with recursive n (i) as (select 1 union all select i + 1 from n where i < 400)
select l.code, n.i, 'small' from network_lockers l join n on n.i <= l.cells_small
union all select l.code, l.cells_small + n.i, 'medium' from network_lockers l join n on n.i <= l.cells_medium
union all select l.code, l.cells_small + l.cells_medium + n.i, 'large' from network_lockers l join n on n.i <= l.cells_large;

update network_lockers set free_small = cells_small, free_medium = cells_medium, free_large = cells_large;
