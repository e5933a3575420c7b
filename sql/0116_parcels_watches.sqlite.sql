-- Parcels that are not done: when to look at them next, where they are stuck, and whether lateness was announced.
create table parcels_watches (
  parcel_id text not null primary key,
  check_at integer not null,
  stuck_place text not null default '',
  warnings integer not null default 0,
  warned_eta integer,
  is_recovered integer not null default 0 check (is_recovered in (0, 1))
) strict, without rowid;

create index parcels_watches_due on parcels_watches (check_at);
create index parcels_watches_place on parcels_watches (stuck_place);

insert or ignore into parcels_watches (parcel_id, check_at)
select parcel_id, 0 from parcels_states where status not in ('signed', 'returned', 'cancelled', 'lost');

-- Who was told that a parcel will be late, and what they chose.
create table parcels_warnings (
  parcel_id text not null,
  customer_id text not null,
  warned_at integer not null,
  open_until integer not null,
  choice text check (choice in ('wait', 'person', 'refund_rule')),
  chosen_at integer,
  primary key (parcel_id, customer_id)
) strict, without rowid;

create index parcels_warnings_customer on parcels_warnings (customer_id, open_until);
create index parcels_warnings_told on parcels_warnings (warned_at);
