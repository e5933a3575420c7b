-- Who is told that a parcel will be late may have it brought another way. SQLite changes no CHECK in place: the table is written anew.
create table parcels_warnings_new (
  parcel_id text not null,
  customer_id text not null,
  warned_at integer not null,
  open_until integer not null,
  choice text check (choice in ('wait', 'person', 'refund_rule', 'redirect')),
  chosen_at integer,
  primary key (parcel_id, customer_id)
) strict, without rowid;

insert into parcels_warnings_new (parcel_id, customer_id, warned_at, open_until, choice, chosen_at)
select parcel_id, customer_id, warned_at, open_until, choice, chosen_at from parcels_warnings;

drop table parcels_warnings;
alter table parcels_warnings_new rename to parcels_warnings;

create index parcels_warnings_customer on parcels_warnings (customer_id, open_until);
create index parcels_warnings_told on parcels_warnings (warned_at);
