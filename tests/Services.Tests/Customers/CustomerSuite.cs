using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Services.Customers;
using Courier.Services.Tests.Parcels;

namespace Courier.Services.Tests.Customers;

/// <summary>Customers as they are stored: the same on both databases.</summary>
public abstract partial class CustomerSuite(ParcelsApp app)
{
    private static int _people;
    private readonly SmsBox _sms = new();

    private static OpenId Somebody() => OpenId.Parse($"person-{Interlocked.Increment(ref _people)}");

    private Task<CustomerId> Meet(string account, OpenId openId, string? unionId = null) =>
        RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity(account, openId, unionId), default);

    [Fact]
    public async Task The_same_OpenId_is_the_same_customer_and_another_account_another_one()
    {
        var openId = Somebody();
        var first = await Meet("wx-1", openId);
        (await Meet("wx-1", openId)).ShouldBe(first);
        (await Meet("wx-2", openId)).ShouldNotBe(first);
    }

    [Fact]
    public async Task One_UnionId_over_several_accounts_is_one_customer()
    {
        var (one, two) = (Somebody(), Somebody());
        var customer = await Meet("wx-1", one, "u-" + one);
        (await Meet("wx-2", two, "u-" + one)).ShouldBe(customer);
        (await CustomerIdentities.Wechat(app.Db, [customer], default)).Select(w => (w.AppId, w.OpenId)).ShouldBe([("wx-1", one), ("wx-2", two)], ignoreOrder: true);
    }

    [Fact]
    public async Task Customers_are_merged_once_WeChat_names_one_UnionId_for_both_and_the_older_one_stays()
    {
        var (one, two) = (Somebody(), Somebody());
        var older = await Meet("wx-1", one);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var newer = await Meet("wx-2", two, "u-" + two);
        var session = await CustomerSessions.Open(app.Db, app.Clock, newer, default);
        var phone = Phone.Parse(app.NewPhone());
        await BindPhone.Execute(app.Db, app.Keys, app.Clock, newer, phone, PhoneSource.Wechat, default);

        (await Meet("wx-1", one, "u-" + two)).ShouldBe(older);
        (await Meet("wx-2", two)).ShouldBe(older);
        (await CustomerSessions.Find(app.Db, app.Clock, session.Token, default)).ShouldBe(older);
        (await VerifiedPhones.Of(app.Db, older, default)).ShouldHaveSingleItem().Tail.ShouldBe(phone.Tail);
        (await VerifiedPhones.Of(app.Db, newer, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_equal_phone_merges_nobody()
    {
        var phone = Phone.Parse(app.NewPhone());
        var (one, two) = (await Meet("wx-1", Somebody()), await Meet("wx-1", Somebody()));
        await BindPhone.Execute(app.Db, app.Keys, app.Clock, one, phone, PhoneSource.Sms, default);
        await BindPhone.Execute(app.Db, app.Keys, app.Clock, two, phone, PhoneSource.Sms, default);
        (await VerifiedPhones.OwnersOf(app.Db, [app.Keys.Hash(phone)], default)).Select(o => o.Customer).ShouldBe([one, two], ignoreOrder: true);
    }

    [Fact]
    public async Task An_OpenId_whose_UnionId_changes_stays_with_its_customer()
    {
        var (one, two) = (Somebody(), Somebody());
        var first = await Meet("wx-1", one, "u-" + one);
        var second = await Meet("wx-2", two, "u-" + two);
        (await Meet("wx-1", one, "u-" + two)).ShouldBe(first);
        (await Meet("wx-2", two, "u-" + two)).ShouldBe(second);
    }

    [Fact]
    public async Task Somebody_who_is_met_many_times_at_once_is_one_customer()
    {
        var (one, two) = (Somebody(), Somebody());
        var met = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => i % 2 == 0 ? Meet("wx-1", one, "u-" + one) : Meet("wx-2", two, "u-" + one))));
        var after = new[] { await Meet("wx-1", one, "u-" + one), await Meet("wx-2", two, "u-" + one) }.Distinct().ShouldHaveSingleItem();
        met.ShouldContain(after);
    }

    [Fact]
    public async Task A_code_by_SMS_proves_the_phone_once()
    {
        var (me, phone) = (await Meet("wx-1", Somebody()), Phone.Parse(app.NewPhone()));
        (await Start(me, phone)).ShouldBe(StartPhoneCheck.Outcome.Sent);
        (await FinishPhoneCheck.PendingFor(app.Db, app.Clock, me, default)).ShouldBeTrue();
        (await Finish(me, null, _sms.LastCode)).ShouldBe(FinishPhoneCheck.Outcome.Verified);
        (await Finish(me, null, _sms.LastCode)).ShouldBe(FinishPhoneCheck.Outcome.Expired);
        (await FinishPhoneCheck.PendingFor(app.Db, app.Clock, me, default)).ShouldBeFalse();
        var mine = (await VerifiedPhones.Of(app.Db, me, default)).ShouldHaveSingleItem();
        mine.Hash.ShouldBe(app.Keys.Hash(phone));
        (await app.Db.First<string>("select body from outbox_messages where name = 'customer.phone_verified.v1' and body like @like", new { like = $"%{me}%" }))!
            .ShouldNotContain(phone.Text);
    }

    [Fact]
    public async Task Code_and_phone_lie_hashed_and_encrypted()
    {
        var (me, phone) = (await Meet("wx-1", Somebody()), Phone.Parse(app.NewPhone()));
        await Start(me, phone);
        var row = await app.Db.First<string>("select concat(phone_hash, phone_cipher, code_hash) from customers_phone_checks where customer_id = @me", new { me });
        row!.ShouldNotContain(phone.Text);
        row!.ShouldNotContain(app.Keys.Hash(_sms.LastCode));
    }

    [Fact]
    public async Task Five_wrong_codes_close_the_check_even_for_the_right_one()
    {
        var (me, phone) = (await Meet("wx-1", Somebody()), Phone.Parse(app.NewPhone()));
        await Start(me, phone);
        var wrong = _sms.LastCode == "000000" ? "000001" : "000000";
        for (var i = 0; i < 4; i++) (await Finish(me, phone, wrong)).ShouldBe(FinishPhoneCheck.Outcome.WrongCode);
        (await Finish(me, phone, wrong)).ShouldBe(FinishPhoneCheck.Outcome.TooManyTries);
        (await Finish(me, phone, _sms.LastCode)).ShouldBe(FinishPhoneCheck.Outcome.TooManyTries);
        (await VerifiedPhones.Of(app.Db, me, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_code_lives_five_minutes_and_serves_only_who_asked_for_it()
    {
        var (me, stranger, phone) = (await Meet("wx-1", Somebody()), await Meet("wx-1", Somebody()), Phone.Parse(app.NewPhone()));
        await Start(me, phone);
        (await Finish(stranger, phone, _sms.LastCode)).ShouldBe(FinishPhoneCheck.Outcome.Expired);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        (await Finish(me, phone, _sms.LastCode)).ShouldBe(FinishPhoneCheck.Outcome.Expired);
    }

    [Fact]
    public async Task A_number_gets_one_code_a_minute_and_ten_a_day()
    {
        var phone = Phone.Parse(app.NewPhone());
        for (var i = 0; i < 10; i++)
        {
            (await Start(null, phone)).ShouldBe(StartPhoneCheck.Outcome.Sent);
            (await Start(null, phone)).ShouldBe(StartPhoneCheck.Outcome.TooOften);
            app.Clock.Advance(TimeSpan.FromSeconds(61));
        }
        (await Start(null, phone)).ShouldBe(StartPhoneCheck.Outcome.TooOften);
        app.Clock.Sleep(TimeSpan.FromDays(1));
        (await Start(null, phone)).ShouldBe(StartPhoneCheck.Outcome.Sent);
    }

    [Fact]
    public async Task A_customer_cannot_have_codes_sent_to_many_numbers()
    {
        var me = await Meet("wx-1", Somebody());
        for (var i = 0; i < 10; i++) (await Start(me, Phone.Parse(app.NewPhone()))).ShouldBe(StartPhoneCheck.Outcome.Sent);
        (await Start(me, Phone.Parse(app.NewPhone()))).ShouldBe(StartPhoneCheck.Outcome.TooOften);
    }

    [Fact]
    public async Task A_code_that_the_operator_did_not_take_can_be_asked_for_again_at_once()
    {
        var phone = Phone.Parse(app.NewPhone());
        _sms.Down = true;
        (await Start(null, phone)).ShouldBe(StartPhoneCheck.Outcome.SmsDown);
        _sms.Down = false;
        (await Start(null, phone)).ShouldBe(StartPhoneCheck.Outcome.Sent);
        (await Start(null, Phone.Parse("0571-87654321"))).ShouldBe(StartPhoneCheck.Outcome.SmsDown);
    }

    [Fact]
    public async Task A_guest_signs_in_by_phone_as_the_same_customer_each_time_and_as_no_WeChat_customer()
    {
        var phone = Phone.Parse(app.NewPhone());
        var wechat = await app.ACustomer(phone.Text);
        var ids = new List<CustomerId>();
        for (var i = 0; i < 2; i++)
        {
            await Start(null, phone);
            var (outcome, customer) = await SignInByPhone.Execute(app.Db, app.Keys, app.Clock, phone, _sms.LastCode, default);
            outcome.ShouldBe(FinishPhoneCheck.Outcome.Verified);
            ids.Add(customer!.Value);
            app.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        ids.Distinct().ShouldHaveSingleItem().ShouldNotBe(wechat);
        (await CustomerIdentities.Wechat(app.Db, ids, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_ends_by_closing_by_time_and_for_all_at_once_and_its_token_is_stored_nowhere()
    {
        var me = await Meet("wx-1", Somebody());
        var closed = await CustomerSessions.Open(app.Db, app.Clock, me, default);
        var expired = await CustomerSessions.Open(app.Db, app.Clock, me, "wx-1", default);
        closed.Token.Length.ShouldBe(43);
        (await CustomerSessions.Find(app.Db, app.Clock, closed.Token, default)).ShouldBe(me);
        (await CustomerSessions.AppOf(app.Db, app.Clock, expired.Token, default)).ShouldBe("wx-1");
        (await app.Db.First<long>("select count(*) from customers_sessions where token_hash = @Token", new { closed.Token })).ShouldBe(0);
        await CustomerSessions.Close(app.Db, closed.Token, default);
        (await CustomerSessions.Find(app.Db, app.Clock, closed.Token, default)).ShouldBeNull();
        (await CustomerSessions.Find(app.Db, app.Clock, new string('A', 43), default)).ShouldBeNull();
        app.Clock.Sleep(CustomerSessions.Lifetime);
        (await CustomerSessions.Find(app.Db, app.Clock, expired.Token, default)).ShouldBeNull();
        var revoked = await CustomerSessions.Open(app.Db, app.Clock, me, default);
        await CustomerSessions.CloseAll(app.Db, me, default);
        (await CustomerSessions.Find(app.Db, app.Clock, revoked.Token, default)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_over_is_purged()
    {
        var me = await Meet("wx-1", Somebody());
        await CustomerSessions.Open(app.Db, app.Clock, me, default);
        await Start(me, Phone.Parse(app.NewPhone()));
        var waybill = app.NewPhone();
        await DepositCheck.Execute(app.Db, app.Clock, new Deposit(ConsentKind.Locker, waybill, "", "locker:1") { Recipient = me }, default);
        app.Clock.Sleep(CustomerSessions.Lifetime);
        await app.App.RunJob("customers.purge_secrets");
        (await app.Db.First<long>("select count(*) from customers_deposits where waybill = @waybill", new { waybill })).ShouldBe(1);
        (await app.Db.First<long>("select count(*) from customers_sessions where customer_id = @me", new { me })).ShouldBe(0);
        (await app.Db.First<long>("select count(*) from customers_phone_checks where customer_id = @me", new { me })).ShouldBe(0);
        app.Clock.Sleep(TimeSpan.FromDays(3 * 366));
        await app.App.RunJob("customers.purge_secrets");
        (await app.Db.First<long>("select count(*) from customers_deposits where waybill = @waybill", new { waybill })).ShouldBe(0);
    }

    private Task<StartPhoneCheck.Outcome> Start(CustomerId? customer, Phone phone) =>
        StartPhoneCheck.Execute(app.Db, app.Keys, app.Clock, _sms, customer, phone, default);

    private Task<FinishPhoneCheck.Outcome> Finish(CustomerId customer, Phone? phone, string code) =>
        FinishPhoneCheck.Execute(app.Db, app.Keys, app.Clock, customer, phone, code, default);

    /// <summary>The operator, as far as a phone sees it.</summary>
    private sealed partial class SmsBox : ISmsSender
    {
        public bool Down { get; set; }

        public string LastCode { get; private set; } = "";

        public Task<bool> Send(Phone to, string text, string idempotencyKey, CancellationToken ct)
        {
            if (!Down) LastCode = SixDigits().Match(text).Value;
            return Task.FromResult(!Down);
        }

        [GeneratedRegex("[0-9]{6}")]
        private static partial Regex SixDigits();
    }
}

public sealed class CustomersOnSqlite(OnSqlite app) : CustomerSuite(app), IClassFixture<OnSqlite>;

public sealed class CustomersOnMariaDb(OnMariaDb app) : CustomerSuite(app), IClassFixture<OnMariaDb>;
