using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Courier.Services.Tests.Parcels;

namespace Courier.Services.Tests.Customers;

/// <summary>Two records of one person become one, and go apart again when it was a mistake: the same on both databases.</summary>
public abstract class MergingCustomers(ParcelsApp app)
{
    private static readonly StaffId Supervisor = StaffId.Parse(new string('a', 32));
    private static int _people;

    private CustomersOptions Options => app.App.Get<CustomersOptions>();

    [Fact]
    public async Task An_equal_proven_number_alone_merges_nobody_and_the_customers_word_does()
    {
        var (mini, official, _) = await TwoWithOneNumber();
        (await OfferMerge.Execute(app.Db, app.Clock, Options, official, default)).ShouldNotBeNull();
        (await CustomerIdentities.Wechat(app.Db, [mini, official], default)).Select(w => w.Customer).Distinct().Count().ShouldBe(2, "asking is not merging");
        (await OfferMerge.Confirm(app.Db, app.Clock, Options, official, default)).ShouldBe(mini);
        (await CustomerIdentities.Wechat(app.Db, [mini], default)).Count.ShouldBe(2);
        (await OfferMerge.Confirm(app.Db, app.Clock, Options, mini, default)).ShouldBeNull("one word, one merge");
    }

    [Fact]
    public async Task Nobody_is_asked_about_somebody_whom_WeChat_knows_as_another_person()
    {
        var phone = NewPhone();
        var (one, two) = (await Meet("wx-same"), await Meet("wx-same"));
        await Prove(one, phone);
        await Prove(two, phone);
        (await OfferMerge.Execute(app.Db, app.Clock, Options, two, default)).ShouldBeNull("two OpenIDs of one account are two people");

        var other = NewPhone();
        var (three, four) = (await Meet("wx-1", "union-a" + other.Tail), await Meet("wx-2", "union-b" + other.Tail));
        await Prove(three, other);
        await Prove(four, other);
        (await OfferMerge.Execute(app.Db, app.Clock, Options, four, default)).ShouldBeNull("two UnionIDs are two people");
    }

    [Fact]
    public async Task Nobody_is_asked_when_a_family_shares_the_number_or_the_other_proved_it_long_ago()
    {
        var phone = NewPhone();
        var (one, two, three) = (await Meet("wx-1"), await Meet("wx-2"), await Meet("wx-3"));
        foreach (var customer in (CustomerId[])[one, two, three]) await Prove(customer, phone);
        (await OfferMerge.Execute(app.Db, app.Clock, Options, three, default)).ShouldBeNull();

        var old = NewPhone();
        var before = await Meet("wx-1");
        await Prove(before, old);
        app.Clock.Sleep(TimeSpan.FromDays(91)); // the number may be somebody else's by now
        var now = await Meet("wx-2");
        await Prove(now, old);
        (await OfferMerge.Execute(app.Db, app.Clock, Options, now, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_said_no_is_not_asked_again_nor_is_the_other_and_a_record_that_joins_one_of_them_brings_its_no_along()
    {
        var (mini, official, phone) = await TwoWithOneNumber();
        await OfferMerge.Execute(app.Db, app.Clock, Options, official, default);
        await OfferMerge.Refuse(app.Db, app.Clock, official, default);
        await OfferMerge.Refuse(app.Db, app.Clock, official, default);
        (await OfferMerge.Confirm(app.Db, app.Clock, Options, official, default)).ShouldBeNull("no is no");
        foreach (var one in (CustomerId[])[official, mini])
        {
            app.Clock.Advance(TimeSpan.FromMinutes(30));
            await Prove(one, phone);
            (await OfferMerge.Execute(app.Db, app.Clock, Options, one, default)).ShouldBeNull();
        }

        app.Clock.Sleep(TimeSpan.FromDays(366));
        foreach (var one in (CustomerId[])[official, mini]) await Prove(one, phone);
        (await OfferMerge.Execute(app.Db, app.Clock, Options, mini, default)).ShouldNotBeNull("a year later it is asked once more");
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        await OfferMerge.Refuse(app.Db, app.Clock, mini, default);
        await Prove(mini, phone);
        (await OfferMerge.Execute(app.Db, app.Clock, Options, mini, default)).ShouldNotBeNull("what is said too late is not heard");

        var (shared, number) = (NewPhone(), NewPhone());
        var first = await Meet("wx-3");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var (second, stranger) = (await Meet("wx-4"), await Meet("wx-5"));
        await Prove(stranger, shared);
        await Prove(second, shared);
        await OfferMerge.Execute(app.Db, app.Clock, Options, second, default);
        await OfferMerge.Refuse(app.Db, app.Clock, second, default);
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        await Prove(first, number);
        await Prove(second, number);
        await OfferMerge.Execute(app.Db, app.Clock, Options, second, default);
        (await OfferMerge.Confirm(app.Db, app.Clock, Options, second, default)).ShouldBe(first);
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        await Prove(first, shared);
        (await OfferMerge.Execute(app.Db, app.Clock, Options, first, default)).ShouldBeNull("the one who stays has said it");
        (await Refusals(second)).ShouldBe(0);

        var merge = (await ListMerges.Execute(app.Db, null, 100, default)).First(m => m.FromCustomer == second);
        await UndoMerge.Execute(app.Db, app.Clock, Options, merge.Id, Supervisor, "客户说不是他", default);
        (await Refusals(first), await Refusals(second)).ShouldBe((0, 1));
    }

    [Fact]
    public async Task The_word_counts_for_ten_minutes()
    {
        var (_, official, _) = await TwoWithOneNumber();
        await OfferMerge.Execute(app.Db, app.Clock, Options, official, default);
        (await OfferMerge.PendingFor(app.Db, app.Clock, official, default)).ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        (await OfferMerge.PendingFor(app.Db, app.Clock, official, default)).ShouldBeFalse();
        (await OfferMerge.Confirm(app.Db, app.Clock, Options, official, default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_undone_merge_gives_each_what_was_theirs_and_leaves_what_came_later()
    {
        var (mini, official, phone) = await TwoWithOneNumber();
        await Prove(official, NewPhone());
        var session = await CustomerSessions.Open(app.Db, app.Clock, official, default);
        var (theirs, shared) = (await app.AParcel(), await app.AParcel());
        await app.Track(theirs, "2222", official, follow: true);
        await app.Track(shared, "2222", official, follow: true);
        await app.Track(shared, "2222", mini, follow: true);
        await app.Db.Execute("update parcels_followers set is_sender = 1 where customer_id = @official", new { official });
        await AddCustomerMessage.Execute(app.Db, app.Keys, app.Clock, official, new ChannelAddress("wechat", "wx-2", "o"), "text", "我的话", null, Ids.New(app.Clock), default);
        var before = (await PhonesOf(mini), await PhonesOf(official), await Followed(mini), await Followed(official), await Conversations(official));

        await OfferMerge.Execute(app.Db, app.Clock, Options, official, default);
        await OfferMerge.Confirm(app.Db, app.Clock, Options, official, default);
        await app.App.Settle();
        (await Followed(official), await Sent(mini)).ShouldBe((0, 2));
        (await Conversations(mini)).ShouldBe(1);
        var later = await app.AParcel();
        await app.Track(later, "2222", mini, follow: true);
        var merge = (await ListMerges.Execute(app.Db, null, 100, default)).First(m => m.FromCustomer == official);

        (await UndoMerge.Execute(app.Db, app.Clock, Options, merge.Id, Supervisor, "客户说不是他", default)).ShouldBeTrue();
        await app.App.Settle();
        (await PhonesOf(mini), await PhonesOf(official), await Followed(mini) - 1, await Followed(official), await Conversations(official)).ShouldBe(before);
        (await Sent(official), await Sent(mini)).ShouldBe((2, 0), "who sent them before the merge");
        (await CustomerSessions.Find(app.Db, app.Clock, session.Token, default)).ShouldBe(official);
        (await CustomerIdentities.Wechat(app.Db, [official], default)).ShouldHaveSingleItem().AppId.ShouldBe("wx-2");
        (await CurrentConversation.Of(app.Db, official, default)).ShouldNotBeNull();
        (await CurrentConversation.Of(app.Db, mini, default)).ShouldBeNull();
        (await Should.ThrowAsync<RuleBroken>(UndoMerge.Execute(app.Db, app.Clock, Options, merge.Id, Supervisor, "again", default))).Code.ShouldBe("merge.undone");
        (await VerifiedPhones.OwnersOf(app.Db, [app.Keys.Hash(phone)], default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_merge_that_is_undone_before_the_others_heard_of_it_moves_nothing()
    {
        var (mini, official, _) = await TwoWithOneNumber();
        var parcel = await app.AParcel();
        await app.Track(parcel, "2222", official, follow: true);
        await OfferMerge.Execute(app.Db, app.Clock, Options, official, default);
        await OfferMerge.Confirm(app.Db, app.Clock, Options, official, default);
        var merge = (await ListMerges.Execute(app.Db, null, 100, default)).First(m => m.FromCustomer == official);
        await UndoMerge.Execute(app.Db, app.Clock, Options, merge.Id, Supervisor, "at once", default);
        await app.App.Settle();
        (await Followed(official)).ShouldBe(1);
        (await Followed(mini)).ShouldBe(0);
    }

    [Fact]
    public async Task A_merge_by_UnionId_can_be_undone_too_and_is_not_made_again_by_itself()
    {
        var union = "u" + Ids.New(app.Clock);
        var (openId, other) = (NewOpenId(), NewOpenId());
        var first = await Meet("wx-1", openId: openId);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await Meet("wx-2", union, other);
        (await Meet("wx-1", union, openId)).ShouldBe(first);
        var merge = (await ListMerges.Execute(app.Db, null, 100, default)).First(m => m.FromCustomer == second);
        merge.Reason.ShouldBe(MergeReason.Unionid);
        await UndoMerge.Execute(app.Db, app.Clock, Options, merge.Id, Supervisor, "two people on one computer", default);
        (await Meet("wx-2", union, other)).ShouldBe(second);
        (await Meet("wx-1", union, openId)).ShouldBe(first);
    }

    [Fact]
    public async Task Too_late_is_refused_and_an_unknown_merge_is_none()
    {
        var (_, official, _) = await TwoWithOneNumber();
        await OfferMerge.Execute(app.Db, app.Clock, Options, official, default);
        await OfferMerge.Confirm(app.Db, app.Clock, Options, official, default);
        var merge = (await ListMerges.Execute(app.Db, null, 100, default)).First(m => m.FromCustomer == official);
        app.Clock.Sleep(TimeSpan.FromDays(31));
        (await Should.ThrowAsync<RuleBroken>(UndoMerge.Execute(app.Db, app.Clock, Options, merge.Id, Supervisor, "late", default))).Code.ShouldBe("merge.too_old");
        (await UndoMerge.Execute(app.Db, app.Clock, Options, new string('0', 32), Supervisor, "none", default)).ShouldBeFalse();
        await app.App.RunJob("customers.purge_secrets");
        (await app.Db.First<long>("select count(*) from customers_merge_moves where merge_id = @Id", new { merge.Id })).ShouldBe(0);
    }

    private async Task<(CustomerId Mini, CustomerId Official, Phone Phone)> TwoWithOneNumber()
    {
        var phone = NewPhone();
        var mini = await Meet("wx-1");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var official = await Meet("wx-2");
        await Prove(mini, phone);
        await Prove(official, phone);
        return (mini, official, phone);
    }

    private Phone NewPhone() => Phone.Parse($"137{Interlocked.Increment(ref _people) + 50_000_000:00000000}");

    private static OpenId NewOpenId() => OpenId.Parse($"merging-{Interlocked.Increment(ref _people)}");

    private Task<CustomerId> Meet(string account, string? unionId = null, OpenId? openId = null) =>
        RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity(account, openId ?? NewOpenId(), unionId), default);

    private Task Prove(CustomerId customer, Phone phone) => BindPhone.Execute(app.Db, app.Keys, app.Clock, customer, phone, PhoneSource.Sms, default);

    private async Task<string> PhonesOf(CustomerId customer) => string.Join(',', (await VerifiedPhones.Of(app.Db, customer, default)).Select(p => p.Hash).Order());

    private Task<long> Refusals(CustomerId customer) => app.Db.First<long>("select count(*) from customers_merge_refusals where customer_id = @customer", new { customer });

    private Task<long> Followed(CustomerId customer) => app.Db.First<long>("select count(*) from parcels_followers where customer_id = @customer", new { customer });

    private Task<long> Sent(CustomerId customer) => app.Db.First<long>("select count(*) from parcels_followers where customer_id = @customer and is_sender = 1", new { customer });

    private Task<long> Conversations(CustomerId customer) => app.Db.First<long>(
        "select count(*) from conversations_conversations c join conversations_messages m on m.conversation_id = c.id and m.customer = c.customer where c.customer = @customer", new { customer });
}

public sealed class MergingCustomersOnSqlite(OnSqlite app) : MergingCustomers(app), IClassFixture<OnSqlite>;

public sealed class MergingCustomersOnMariaDb(OnMariaDb app) : MergingCustomers(app), IClassFixture<OnMariaDb>;
