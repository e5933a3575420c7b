-- From when on a parcel may be brought: the begin of another time, the end of holding. Whether the core did what was asked for is judged by it.
alter table parcels_directions add column not_before integer;

-- What was taken back has the version that it was told with; until now versions went up by two, and taking back took the one between.
update parcels_directions set version = version + 1 where state = 'undone' and version % 2 = 0;
