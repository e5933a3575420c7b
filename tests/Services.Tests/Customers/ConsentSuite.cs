using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Courier.Services.Tests.Parcels;

namespace Courier.Services.Tests.Customers;

/// <summary>Consents and what they allow: the same on both databases.</summary>
public abstract class ConsentSuite(ParcelsApp app)
{
    private static readonly string Home = new('1', 32), Parents = new('2', 32);

    private Task Say(CustomerId who, ConsentKind kind, bool given, string? address = null, ParcelSize? size = null, ConsentOrigin? origin = null) =>
        RecordConsent.Execute(app.Db, app.Clock, who, new ConsentDecision(kind, address, size, given), origin ?? new ConsentOrigin(ConsentChannel.Api), default);

    private async Task<ConsentGround> Ask(CustomerId who, ConsentKind kind, string? address = null, ParcelSize? size = null) =>
        (await Consents.Allows(app.Db, who, address, size, kind, default)).Ground;

    [Fact]
    public async Task Without_a_word_only_the_door_is_allowed()
    {
        var me = await app.ACustomer();
        foreach (var kind in Enum.GetValues<ConsentKind>())
        {
            var answer = await Consents.Allows(app.Db, me, Home, ParcelSize.S, kind, default);
            answer.IsAllowed.ShouldBe(kind == ConsentKind.ToDoor, kind.ToString());
            answer.Ground.ShouldBe(kind == ConsentKind.ToDoor ? ConsentGround.Law : ConsentGround.NeverAsked);
        }
    }

    [Fact]
    public async Task The_narrowest_decision_counts_and_the_address_goes_before_the_size()
    {
        var me = await app.ACustomer();
        await Say(me, ConsentKind.Locker, given: true);
        await Say(me, ConsentKind.Locker, given: false, size: ParcelSize.L);
        await Say(me, ConsentKind.Locker, given: false, address: Parents);
        await Say(me, ConsentKind.Locker, given: true, address: Parents, size: ParcelSize.S);
        (await Ask(me, ConsentKind.Locker, Home, ParcelSize.M)).ShouldBe(ConsentGround.Given);
        (await Ask(me, ConsentKind.Locker, Home, ParcelSize.L)).ShouldBe(ConsentGround.Withdrawn);
        (await Ask(me, ConsentKind.Locker, Parents, ParcelSize.M)).ShouldBe(ConsentGround.Withdrawn);
        (await Ask(me, ConsentKind.Locker, Parents, ParcelSize.S)).ShouldBe(ConsentGround.Given);
        (await Ask(me, ConsentKind.Locker, Parents)).ShouldBe(ConsentGround.Withdrawn, "an unknown size is not small");
        (await Ask(me, ConsentKind.Locker)).ShouldBe(ConsentGround.Given);
        (await Ask(me, ConsentKind.Station, Home, ParcelSize.S)).ShouldBe(ConsentGround.NeverAsked);
    }

    [Fact]
    public async Task A_customer_may_even_take_the_door_back()
    {
        var me = await app.ACustomer();
        await Say(me, ConsentKind.ToDoor, given: false);
        (await Ask(me, ConsentKind.ToDoor)).ShouldBe(ConsentGround.Withdrawn);
    }

    [Fact]
    public async Task A_family_that_shares_a_number_agrees_when_one_does_and_nobody_objects()
    {
        var phone = app.NewPhone();
        var (one, two) = (await app.ACustomer(phone), await app.ACustomer(phone));
        var hash = app.Keys.Hash(Phone.Parse(phone));
        (await Consents.Allows(app.Db, hash, null, null, ConsentKind.Station, default)).Ground.ShouldBe(ConsentGround.NeverAsked);
        await Say(one, ConsentKind.Station, given: true);
        (await Consents.Allows(app.Db, hash, null, null, ConsentKind.Station, default)).IsAllowed.ShouldBeTrue();
        (await Consents.OfPhones(app.Db, [hash], default)).Of(hash).ShouldHaveSingleItem().IsGiven.ShouldBeTrue();
        await Say(two, ConsentKind.Station, given: false);
        (await Consents.Allows(app.Db, hash, null, null, ConsentKind.Station, default)).Ground.ShouldBe(ConsentGround.Withdrawn);
    }

    [Fact]
    public async Task A_deposit_without_consent_is_blocked_logged_and_told_and_one_with_it_is_not()
    {
        var phone = app.NewPhone();
        var me = await app.ACustomer(phone);
        var waybill = app.NewNumber().Text;
        var deposit = new Deposit(ConsentKind.Locker, waybill, app.Keys.Hash(Phone.Parse(phone)), "courier:c1") { Size = ParcelSize.S, Place = "L-0001" };
        (await DepositCheck.Execute(app.Db, app.Clock, deposit, default)).ShouldBe(new ConsentAnswer(false, ConsentGround.NeverAsked));
        var blocked = (await DepositCheck.Blocked(app.Db, null, 100, default)).ShouldHaveSingleItemWhere(b => b.Waybill == waybill);
        (blocked.Kind, blocked.Place, blocked.DoneBy, blocked.Ground).ShouldBe((ConsentKind.Locker, "L-0001", "courier:c1", ConsentGround.NeverAsked));
        (await Told(waybill)).ShouldBe(1);

        await Say(me, ConsentKind.Locker, given: true);
        (await DepositCheck.Execute(app.Db, app.Clock, deposit, default)).IsAllowed.ShouldBeTrue();
        (await Told(waybill)).ShouldBe(1);
        await Say(me, ConsentKind.Locker, given: false);
        (await DepositCheck.Execute(app.Db, app.Clock, deposit with { ChosenForThisParcel = true }, default)).Ground.ShouldBe(ConsentGround.Chosen);
        (await DepositCheck.Execute(app.Db, app.Clock, deposit with { RecipientPhoneHash = app.Keys.Hash(Phone.Parse(app.NewPhone())) }, default)).Ground.ShouldBe(ConsentGround.UnknownRecipient);
        (await DepositCheck.Execute(app.Db, app.Clock, deposit with { Recipient = me, RecipientPhoneHash = "" }, default)).Ground.ShouldBe(ConsentGround.Withdrawn);
        (await Told(waybill)).ShouldBe(3);
    }

    [Fact]
    public async Task The_evidence_is_a_chain_and_a_changed_or_missing_entry_is_found()
    {
        var me = await app.ACustomer();
        await Say(me, ConsentKind.Locker, given: true);
        await Say(me, ConsentKind.Locker, given: true); // says nothing new
        await Say(me, ConsentKind.Locker, given: false, origin: new ConsentOrigin(ConsentChannel.Desk, StaffId.Parse(new string('b', 32))));
        await Say(me, ConsentKind.Station, given: true, address: Home);
        var chain = (await app.Db.First<string>("select chain_id from customers_consent_chains where customer_id = @me", new { me }))!;
        (await app.Db.First<long>("select count(*) from customers_consent_entries where chain_id = @chain", new { chain })).ShouldBe(3);
        (await Broken(chain)).ShouldBeNull();

        await app.Db.Execute("update customers_consent_entries set is_given = 1 where chain_id = @chain and sequence = 2", new { chain });
        (await Broken(chain)).ShouldBe(2);
        await app.Db.Execute("update customers_consent_entries set is_given = 0 where chain_id = @chain and sequence = 2", new { chain });
        (await Broken(chain)).ShouldBeNull();
        await app.Db.Execute("update customers_consent_entries set sequence = 9 where chain_id = @chain and sequence = 3", new { chain });
        (await Broken(chain)).ShouldBe(3);
        await app.App.RunJob("customers.verify_consents");
        (await AuditTrail.List(app.Db, new(Subject: "consent_chain:" + chain), 10, default)).ShouldHaveSingleItem().Action.ShouldBe("consents.chain_broken");
        await app.Db.Execute("update customers_consent_entries set sequence = 3 where chain_id = @chain and sequence = 9", new { chain });
    }

    [Fact]
    public async Task What_is_said_while_the_chains_are_checked_breaks_none()
    {
        var me = await app.ACustomer();
        await Say(me, ConsentKind.Locker, given: true);
        var chain = await app.Db.First<string>("select chain_id from customers_consent_chains where customer_id = @me", new { me });
        (await VerifyConsents.Execute(new InBetween(app.Db, () => Say(me, ConsentKind.Locker, given: false)), app.Keys, default)).Broken.ShouldNotContain(b => b.Chain == chain);
        (await app.Db.First<long>("select sequence from customers_consent_chains where chain_id = @chain", new { chain })).ShouldBe(2);
    }

    [Fact]
    public async Task A_chain_that_was_hashed_anew_or_cut_off_does_not_fit_the_anchor_of_the_night()
    {
        var me = await app.ACustomer();
        await Say(me, ConsentKind.Locker, given: true);
        await Say(me, ConsentKind.Station, given: true);
        var chain = (await app.Db.First<string>("select chain_id from customers_consent_chains where customer_id = @me", new { me }))!;
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        await app.App.RunJob("customers.verify_consents");
        await Say(me, ConsentKind.Locker, given: false);
        var whole = await VerifyConsents.Execute(app.Db, app.Keys, default);
        (whole.BrokenAnchors, whole.Anchors[0].At).ShouldBe((whole.BrokenAnchors, app.Clock.GetUtcNow() - TimeSpan.FromMinutes(5)));
        whole.BrokenAnchors.ShouldBeEmpty("what is said afterwards lengthens the chains");

        var entries = await app.Db.Query<ConsentChain.Entry>(
            """
            select chain_id as Chain, sequence as Sequence, at as At, kind as Kind, address_hash as AddressHash, size as Size, is_given as IsGiven, channel as Channel, done_by as DoneBy,
              wording as Wording, hash as Hash
            from customers_consent_entries where chain_id = @chain order by sequence
            """, new { chain });
        var head = await app.Db.First<string>("select hash from customers_consent_chains where chain_id = @chain", new { chain });
        await Rewrite(entries.Select((e, i) => i == 1 ? e with { IsGiven = 0 } : e));
        (await Broken(chain)).ShouldBeNull("whoever knows how it is hashed can do it again");
        await app.App.RunJob("customers.verify_consents");
        var changed = await VerifyConsents.Execute(app.Db, app.Keys, default);
        changed.BrokenAnchors.ShouldHaveSingleItem().ShouldBe(whole.Anchors[0], "and nothing is anchored on it");
        (await AuditTrail.List(app.Db, new(Subject: $"consent_anchor:{whole.Anchors[0].At.ToUnixTimeMilliseconds()}"), 10, default)).ShouldNotBeEmpty();

        await app.Db.Execute("delete from customers_consent_entries where chain_id = @chain and sequence > 1", new { chain });
        await app.Db.Execute("update customers_consent_chains set sequence = 1, hash = @hash where chain_id = @chain", new { chain, hash = entries[0].Hash });
        (await VerifyConsents.Execute(app.Db, app.Keys, default)).BrokenAnchors.ShouldNotBeEmpty("what was cut off is missed");

        await app.Db.Execute("update customers_consent_anchors set entries = entries - 1 where at = @At", new { whole.Anchors[0].At });
        (await VerifyConsents.Execute(app.Db, app.Keys, default)).BrokenAnchors.ShouldNotBeEmpty("an anchor cannot be made to fit");
        await app.Db.Execute("update customers_consent_anchors set entries = entries + 1 where at = @At", new { whole.Anchors[0].At });

        await app.Db.Execute("delete from customers_consent_entries where chain_id = @chain", new { chain });
        await app.Db.InTransaction(tx => tx.InsertRows("customers_consent_entries", ["chain_id", "sequence", "at", "kind", "address_hash", "size", "is_given", "channel", "done_by", "wording", "hash"],
            entries.Select(e => new object?[] { e.Chain, e.Sequence, e.At, e.Kind, e.AddressHash, e.Size, e.IsGiven, e.Channel, e.DoneBy, e.Wording, e.Hash })));
        await app.Db.Execute("update customers_consent_chains set sequence = 3, hash = @head where chain_id = @chain", new { chain, head });
        var mended = await VerifyConsents.Execute(app.Db, app.Keys, default);
        mended.BrokenAnchors.ShouldBeEmpty();

        async Task Rewrite(IEnumerable<ConsentChain.Entry> rewritten)
        {
            var hash = "";
            foreach (var entry in rewritten)
            {
                hash = ConsentChain.HashOf(hash, entry);
                await app.Db.Execute("update customers_consent_entries set is_given = @IsGiven, hash = @hash where chain_id = @Chain and sequence = @Sequence",
                    new { entry.IsGiven, hash, entry.Chain, entry.Sequence });
            }
            await app.Db.Execute("update customers_consent_chains set hash = @hash where chain_id = @chain", new { chain, hash });
        }
    }

    [Fact]
    public async Task An_erased_customers_evidence_stays_verifiable_and_leads_to_nobody()
    {
        var phone = app.NewPhone();
        var me = await app.ACustomer(phone);
        await Say(me, ConsentKind.Locker, given: true, address: Home);
        await DepositCheck.Execute(app.Db, app.Clock, new Deposit(ConsentKind.Neighbour, "W1", app.Keys.Hash(Phone.Parse(phone)), "courier:c1"), default);
        var chain = (await app.Db.First<string>("select chain_id from customers_consent_chains where customer_id = @me", new { me }))!;
        var export = await ExportCustomer.Execute(app.Db, app.App.Get<IEnumerable<IPersonalData>>(), me, default);
        export["consents"]!["now"]!.AsArray().Count.ShouldBe(1);
        export["consents"]!["deposits"]!.AsArray().Count.ShouldBe(1);

        await EraseCustomer.Ask(app.Db, app.Keys, app.App.Get<Courier.Kernel.Jobs.IJobAlarm>(), app.Clock, new ErasureRequest(ErasureOrigin.Customer, ErasureScope.Everything, "consents/" + me.Text) { Customer = me }, default);
        await app.App.RunJob("customers.erase");
        (await Broken(chain)).ShouldBeNull();
        (await app.Db.First<long>("select count(*) from customers_consent_entries where chain_id = @chain", new { chain })).ShouldBe(1);
        (await app.Db.First<string>("select coalesce(customer_id, '') from customers_consent_chains where chain_id = @chain", new { chain })).ShouldBe("");
        (await app.Db.First<long>("select count(*) from customers_deposits where phone_hash = @hash", new { hash = app.Keys.Hash(Phone.Parse(phone)) })).ShouldBe(0);
        (await app.Db.First<string>("select address_hash from customers_consent_entries where chain_id = @chain", new { chain }))!.ShouldNotBe(Home);
    }

    [Fact]
    public async Task Two_records_that_become_one_keep_what_each_agreed_to_and_a_no_of_one_counts()
    {
        var union = "u-" + app.NewPhone();
        var older = await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-c1", OpenId.Parse("c1-" + union), null), default);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var newer = await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-c2", OpenId.Parse("c2-" + union), union), default);
        await Say(older, ConsentKind.Locker, given: true);
        await Say(newer, ConsentKind.Locker, given: false);
        await Say(newer, ConsentKind.Station, given: true);
        (await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-c1", OpenId.Parse("c1-" + union), union), default)).ShouldBe(older);
        (await Ask(older, ConsentKind.Locker)).ShouldBe(ConsentGround.Withdrawn);
        (await Ask(older, ConsentKind.Station)).ShouldBe(ConsentGround.Given);

        var merge = (await ListMerges.Execute(app.Db, null, 100, default)).First(m => m.IntoCustomer == older);
        await UndoMerge.Execute(app.Db, app.Clock, app.App.Get<CustomersOptions>(), merge.Id, StaffId.Parse(new string('b', 32)), "wrong", default);
        (await Ask(newer, ConsentKind.Station)).ShouldBe(ConsentGround.Given);
        (await Ask(newer, ConsentKind.Locker)).ShouldBe(ConsentGround.Withdrawn);
        (await Ask(older, ConsentKind.Station)).ShouldBe(ConsentGround.NeverAsked);
        (await Ask(older, ConsentKind.Locker)).ShouldBe(ConsentGround.Given, "what was said before the mistake holds again");
        (await VerifyConsents.Execute(app.Db, app.Keys, default)).Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Words_at_the_same_moment_come_one_after_the_other()
    {
        var me = await app.ACustomer();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => Say(me, ConsentKind.Locker, given: i % 2 == 0))));
        var chain = (await app.Db.First<string>("select chain_id from customers_consent_chains where customer_id = @me", new { me }))!;
        (await Broken(chain)).ShouldBeNull();
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused() =>
        (await Should.ThrowAsync<RuleBroken>(async () => await Say(await app.ACustomer(), ConsentKind.Locker, true, "no/address"))).Code.ShouldBe("consent.address_wrong");

    private async Task<long?> Broken(string chain) => (await VerifyConsents.Execute(app.Db, app.Keys, default)).Broken.SingleOrDefault(b => b.Chain == chain)?.Sequence;

    private Task<long> Told(string waybill) =>
        app.Db.First<long>("select count(*) from outbox_messages where name = 'customer.deposit_blocked.v1' and aggregate = @aggregate", new { aggregate = "deposit:" + waybill });

    /// <summary>A reader; something happens after its first query.</summary>
    private sealed class InBetween(ISqlReader db, Func<Task> something) : ISqlReader
    {
        private Func<Task>? _something = something;

        public Dialect Dialect => db.Dialect;

        public async Task<IReadOnlyList<T>> Query<T>(string sql, object? args = null, CancellationToken ct = default)
        {
            var rows = await db.Query<T>(sql, args, ct);
            if (Interlocked.Exchange(ref _something, null) is { } happens) await happens();
            return rows;
        }

        public Task<T?> First<T>(string sql, object? args = null, CancellationToken ct = default) => db.First<T>(sql, args, ct);
    }
}

internal static class Only
{
    public static T ShouldHaveSingleItemWhere<T>(this IEnumerable<T> items, Func<T, bool> which) => items.Where(which).ToList().ShouldHaveSingleItem();
}

public sealed class ConsentsOnSqlite(OnSqlite app) : ConsentSuite(app), IClassFixture<OnSqlite>;

public sealed class ConsentsOnMariaDb(OnMariaDb app) : ConsentSuite(app), IClassFixture<OnMariaDb>;
