using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Testing;

namespace Courier.Gateway.Tests.Privacy;

/// <summary>What belongs to a customer goes along when two turn out to be one, and goes back when it was a mistake; on both databases.</summary>
public abstract partial class MovingWithAMerge : IAsyncLifetime
{
    private const string Merge = "0192f0c0ffee70008000000000000111", Incident = "0192f0c0ffee70008000000000000222";

    // Tables whose rows go with their customer; Keep and Move in the reactions to a merge move them.
    private static readonly string[] Moving =
    [
        "customers_identities", "customers_unions", "customers_phones", "customers_sessions", "customers_consents",
        "customers_requests", "customers_accesses", "customers_settings", "customers_members",
        "customers_merge_refusals", "customers_fields", "customers_import_links", "customers_import_conflicts",
        "addresses_entries", "addresses_defaults", "addresses_shares", "network_codes", "network_family_members", "orders_orders",
        "parcels_followers", "parcels_shares", "parcels_warnings", "parcels_directions",
        "conversations_conversations", "conversations_messages",
        "notifications_messages", "notifications_preferences", "knowledge_incident_audience",
        "calls_calls", "calls_recordings", "calls_callbacks",
    ];

    // Tables that name a customer and stay as they are.
    private static readonly Dictionary<string, string> Staying = new()
    {
        ["customers_merge_offers"] = "a question of ten minutes, answered by the merge itself",
        ["customers_consent_chains"] = "evidence is not rewritten; what holds now moves",
        ["customers_measures"] = "summed up over all records that were merged into one", ["customers_routes"] = "summed up like the measures",
        ["customers_places"] = "the latest of all records counts", ["customers_tiers"] = "judged again", ["customers_groups"] = "judged again",
        ["customers_tags"] = "judged again", ["customers_touched"] = "asks to be judged again",
        ["customers_deposits"] = "a log of what was looked at then",
        ["customers_phone_checks"] = "a code of ten minutes", ["customers_import_lines"] = "a report of what was found then",
    };

    private static readonly CustomerId From = CustomerId.Parse("0192f0c0ffee70008000000000000002"), Into = CustomerId.Parse("0192f0c0ffee70008000000000000001");

    private CourierApp _app = null!;

    private Db Db => _app.Get<Db>();

    public async Task InitializeAsync() => _app = await CourierApp.Start(new() { MariaDb = await Database() });

    public async Task DisposeAsync() => await _app.DisposeAsync();

    protected abstract Task<string?> Database();

    [Fact]
    public async Task No_table_that_names_a_customer_is_forgotten()
    {
        var columns = (await new TracesOfAPerson(_app).Columns()).Where(c => OfACustomer().IsMatch(c.Column)).Select(c => c.Table).Distinct().ToList();
        columns.Where(t => !Moving.Contains(t) && !Staying.ContainsKey(t)).ShouldBeEmpty("does it move when customers are merged, and back when that is undone?");
        Moving.Concat(Staying.Keys).Except(columns).ShouldBeEmpty("there are no such tables");
    }

    [Fact]
    public async Task Links_warnings_what_was_told_and_wishes_go_along_and_come_back()
    {
        await Db.Execute("insert into customers_merges (id, from_id, into_id, reason, merged_at) values (@Merge, @From, @Into, 'phone', 1)", new { Merge, From, Into });
        await Db.Execute(
            """
            insert into knowledge_incidents (id, title, text, kind, severity, regions, starts_at, state, version, created_by, created_at)
            values (@Incident, 't', 't', 'weather', 'info', 'cn', 1, 'draft', 1, 'x', 1)
            """, new { Incident });
        await Db.Execute("insert into knowledge_incident_audience (incident_id, customer) values (@Incident, @From)", new { Incident, From });
        await Db.Execute("insert into notifications_preferences (customer, changed_by, changed_at) values (@From, 'api', 1)", new { From });
        foreach (var (customer, parcel) in new[] { (From, "only"), (From, "both"), (Into, "both") })
        {
            await Db.Execute("insert into parcels_shares (parcel_id, customer_id, token_hash, token_cipher, created_at, expires_at) values (@parcel, @customer, @token, 'c', 1, 2)",
                new { parcel, customer, token = $"{customer}-{parcel}" });
            await Db.Execute("insert into parcels_warnings (parcel_id, customer_id, warned_at, open_until) values (@parcel, @customer, 1, 2)", new { parcel, customer });
        }

        await Db.InTransaction(tx => tx.Publish(new CustomerMerged(From, Into, 1, Merge), default));
        await _app.Settle();
        (await Of(Into)).ShouldBe("shares both,only; warnings both,only; told 1; wishes 1");
        (await Of(From)).ShouldBe("shares both; warnings both; told 0; wishes 0");
        (await Db.First<long>("select count(*) from parcels_shares where revoked_at is not null and customer_id = @From", new { From })).ShouldBe(1, "the customer cannot take it back any more");

        await Db.InTransaction(tx => tx.Publish(new CustomerMergeUndone(Merge, From, Into, 2), default));
        await _app.Settle();
        (await Of(Into)).ShouldBe("shares both; warnings both; told 0; wishes 0");
        (await Of(From)).ShouldBe("shares both,only; warnings both,only; told 1; wishes 1");
    }

    [Fact]
    public async Task What_either_record_had_switched_off_stays_off_and_each_has_its_own_again_when_the_merge_is_undone()
    {
        await Db.Execute("insert into customers_merges (id, from_id, into_id, reason, merged_at) values (@Merge, @From, @Into, 'phone', 1)", new { Merge, From, Into });
        var own = NotificationPreferences.Default.With(isOn: false, NotificationKind.Incident);
        var theirs = NotificationPreferences.Default.With(isOn: false, [.. NotificationPreferences.Switchable]) with { QuietHours = DailyHours.Parse("22:00-08:00"), IsSmsAllowed = false };
        await Save(Into, own);
        await Save(From, theirs);

        await Db.InTransaction(tx => tx.Publish(new CustomerMerged(From, Into, 1, Merge), default));
        await _app.Settle();
        (await WishesOf(Into)).ShouldBe("parcel_status,parcel_warning,incident; 22:00-08:00; no sms");

        await Db.InTransaction(tx => tx.Publish(new CustomerMergeUndone(Merge, From, Into, 2), default));
        await _app.Settle();
        (await WishesOf(Into)).ShouldBe("incident; house; sms");
        (await WishesOf(From)).ShouldBe("parcel_status,parcel_warning,incident; 22:00-08:00; no sms");
    }

    [Fact]
    public async Task What_a_customer_says_after_a_merge_stands_when_it_is_undone()
    {
        await Db.Execute("insert into customers_merges (id, from_id, into_id, reason, merged_at) values (@Merge, @From, @Into, 'unionid', 1)", new { Merge, From, Into });
        await Save(Into, NotificationPreferences.Default with { QuietHours = DailyHours.Parse("23:00-07:00") });
        await Save(From, NotificationPreferences.Default.With(isOn: false, NotificationKind.ParcelStatus) with { QuietHours = DailyHours.Parse("20:00-10:00") });
        await Db.InTransaction(tx => tx.Publish(new CustomerMerged(From, Into, 1, Merge), default));
        await _app.Settle();
        (await WishesOf(Into)).ShouldBe("parcel_status; 23:00-07:00; sms", "their own hours stand");

        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        await Save(Into, (await CustomerPreferences.Of(Db, Into, default)).With(isOn: false, NotificationKind.Incident));
        await Db.InTransaction(tx => tx.Publish(new CustomerMergeUndone(Merge, From, Into, 2), default));
        await _app.Settle();
        (await WishesOf(Into)).ShouldBe("parcel_status,incident; 23:00-07:00; sms");
    }

    private Task Save(CustomerId customer, NotificationPreferences wanted) => CustomerPreferences.Save(Db, _app.Clock, customer, wanted, PreferenceSource.Chat, default);

    private async Task<string> WishesOf(CustomerId customer)
    {
        var wishes = await CustomerPreferences.Of(Db, customer, default);
        return $"{string.Join(',', NotificationPreferences.Switchable.Where(k => !wishes.Wants(k)).Select(EnumText<NotificationKind>.Of))}; {wishes.QuietHours?.Text ?? "house"}; {(wishes.IsSmsAllowed ? "sms" : "no sms")}";
    }

    [Fact]
    public async Task Calls_recordings_and_call_backs_go_along_and_come_back()
    {
        await Db.Execute("insert into customers_merges (id, from_id, into_id, reason, merged_at) values (@Merge, @From, @Into, 'phone', 1)", new { Merge, From, Into });
        foreach (var (customer, call) in new[] { (From, "theirs"), (Into, "own") })
        {
            await Db.Execute(
                """
                insert into calls_calls (id, node, direction, peer_cipher, peer_hash, peer_tail, hotline, flow, trunk, customer_id, started_at, is_recorded)
                values (@call, 'n', 'inbound', '', '', '', '95300', 'main', '', @customer, 1, 1)
                """, new { call, customer });
            await Db.Execute(
                """
                insert into calls_recordings (id, call_id, kind, box, customer_id, peer_hash, sha256, bytes, length_ms, started_at, expires_at)
                values (@call, @call, 'talk', '', @customer, '', 'x', 1, 1, 1, 2)
                """, new { call, customer });
            await Db.Execute(
                """
                insert into calls_callbacks (id, call_id, queue, tier, skills, customer_id, last_agent, phone_cipher, phone_hash, since, asked_at, state, tries, next_at, owner, leased_until)
                values (@call, @call, 'main', 'standard', '[]', @customer, '', '', '', 1, 1, 'connected', 0, 1, 'o', 1)
                """, new { call, customer });
        }

        await Db.InTransaction(tx => tx.Publish(new CustomerMerged(From, Into, 1, Merge), default));
        await _app.Settle();
        (await CallsOf(Into)).ShouldBe(["own,theirs", "own,theirs", "own,theirs"]);
        await Db.InTransaction(tx => tx.Publish(new CustomerMergeUndone(Merge, From, Into, 2), default));
        await _app.Settle();
        (await CallsOf(Into)).ShouldBe(["own", "own", "own"]);
        (await CallsOf(From)).ShouldBe(["theirs", "theirs", "theirs"]);
    }

    private async Task<string[]> CallsOf(CustomerId customer)
    {
        string[] tables = ["calls_calls", "calls_recordings", "calls_callbacks"];
        var all = new List<string>();
        foreach (var table in tables) all.Add(string.Join(',', await Db.Query<string>($"select id from {table} where customer_id = @customer order by id", new { customer })));
        return [.. all];
    }

    private async Task<string> Of(CustomerId customer)
    {
        var shares = await Db.Query<string>("select parcel_id from parcels_shares where customer_id = @customer order by parcel_id", new { customer });
        var warnings = await Db.Query<string>("select parcel_id from parcels_warnings where customer_id = @customer order by parcel_id", new { customer });
        var told = await Db.First<long>("select count(*) from knowledge_incident_audience where customer = @customer", new { customer });
        var wishes = await Db.First<long>("select count(*) from notifications_preferences where customer = @customer", new { customer });
        return $"shares {string.Join(',', shares)}; warnings {string.Join(',', warnings)}; told {told}; wishes {wishes}";
    }

    [GeneratedRegex("^customer(_id)?$")]
    private static partial Regex OfACustomer();
}

public sealed class MovingWithAMergeOnSqlite : MovingWithAMerge
{
    protected override Task<string?> Database() => Task.FromResult<string?>(null);
}

public sealed class MovingWithAMergeOnMariaDb : MovingWithAMerge
{
    protected override async Task<string?> Database() => await MariaDb.NewDatabase();
}
