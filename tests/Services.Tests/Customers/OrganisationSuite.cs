using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Courier.Services.Tests.Parcels;

namespace Courier.Services.Tests.Customers;

/// <summary>Group customers and their persons: the same on both databases.</summary>
public abstract class OrganisationSuite(ParcelsApp app)
{
    private static readonly StaffId Operator = StaffId.Parse(new string('d', 32));
    private static int _last;

    private readonly Letters _sms = new();

    [Fact]
    public async Task Only_who_proved_the_number_comes_in_and_the_invitation_is_used_up()
    {
        var organisation = await AnOrganisation();
        var (phone, stranger) = (app.NewPhone(), await app.ACustomer(app.NewPhone()));
        var invite = await Invited(organisation, phone, OrganisationRole.Owner);
        _sms.Sent.ShouldHaveSingleItem().ShouldContain("邀请您加入企业寄件");
        (await OrganisationMembers.Accept(app.Db, app.Clock, stranger, invite, default)).ShouldBeNull();
        (await Organisations.InvitesFor(app.Db, app.Clock, stranger, default)).ShouldBeEmpty();

        var owner = await app.ACustomer(phone);
        (await Organisations.InvitesFor(app.Db, app.Clock, owner, default)).ShouldHaveSingleItem().Id.ShouldBe(invite);
        (await OrganisationMembers.Accept(app.Db, app.Clock, owner, invite, default))!.Role.ShouldBe(OrganisationRole.Owner);
        (await OrganisationMembers.Accept(app.Db, app.Clock, owner, invite, default)).ShouldBeNull("it is used up");
        (await Organisations.Persons(app.Db, organisation, default)).ShouldHaveSingleItem().PhoneTail.ShouldBe(phone[^4..]);
        (await Organisations.List(app.Db, (await Organisations.Find(app.Db, organisation, default))!.CreditCode.Text, null, 10, default)).ShouldHaveSingleItem().Owners.ShouldBe(1);
    }

    [Fact]
    public async Task An_invitation_is_over_after_a_week_or_when_it_is_taken_back_and_can_be_renewed_with_another_role()
    {
        var organisation = await AnOrganisation();
        var owner = await AMember(organisation, OrganisationRole.Owner);
        var phone = app.NewPhone();
        var guest = await app.ACustomer(phone);
        var invite = await Invited(organisation, phone, OrganisationRole.Sender, OrganisationActor.Owner(owner));
        (await InviteToOrganisation.Withdraw(app.Db, app.Clock, organisation, invite, OrganisationActor.Owner(owner), default)).ShouldBeTrue();
        (await InviteToOrganisation.Withdraw(app.Db, app.Clock, organisation, invite, OrganisationActor.Owner(owner), default)).ShouldBeFalse();
        (await OrganisationMembers.Accept(app.Db, app.Clock, guest, invite, default)).ShouldBeNull();
        (await Invited(organisation, phone, OrganisationRole.Viewer, OrganisationActor.Owner(owner))).ShouldBe(invite);
        app.Clock.Sleep(TimeSpan.FromDays(7));
        (await OrganisationMembers.Accept(app.Db, app.Clock, guest, invite, default)).ShouldBeNull();
        await Invited(organisation, phone, OrganisationRole.Viewer, OrganisationActor.Owner(owner));
        (await OrganisationMembers.Accept(app.Db, app.Clock, guest, invite, default))!.Role.ShouldBe(OrganisationRole.Viewer);
        (await Should.ThrowAsync<RuleBroken>(() => Invited(organisation, phone, OrganisationRole.Sender, OrganisationActor.Owner(owner)))).Code.ShouldBe("organisation.already_in");
    }

    [Fact]
    public async Task Only_owners_invite_and_send_away_and_others_are_answered_as_if_it_did_not_exist()
    {
        var organisation = await AnOrganisation();
        var (owner, viewer, stranger) = (await AMember(organisation, OrganisationRole.Owner), await AMember(organisation, OrganisationRole.Viewer), await app.ACustomer(app.NewPhone()));
        var member = (await Organisations.Persons(app.Db, organisation, default)).First(p => p.Customer == viewer).Id;
        (await Should.ThrowAsync<RuleBroken>(() => Invited(organisation, app.NewPhone(), OrganisationRole.Viewer, OrganisationActor.Owner(viewer)))).Code.ShouldBe("organisation.not_owner");
        (await Should.ThrowAsync<RuleBroken>(() => OrganisationMembers.SendAway(app.Db, app.Clock, organisation, member, OrganisationActor.Owner(viewer), default))).Code.ShouldBe("organisation.not_owner");
        (await InviteToOrganisation.Execute(app.Db, app.Keys, app.Clock, _sms, organisation, Phone.Parse(app.NewPhone()), OrganisationRole.Viewer, OrganisationActor.Owner(stranger), default)).ShouldBeNull();
        (await OrganisationMembers.SendAway(app.Db, app.Clock, organisation, member, OrganisationActor.Owner(stranger), default)).ShouldBeFalse();
        (await OrganisationMembers.SendAway(app.Db, app.Clock, organisation, member, OrganisationActor.Owner(owner), default)).ShouldBeTrue();
        (await Organisations.Of(app.Db, viewer, default)).ShouldBeEmpty();
        (await OrganisationMembers.Leave(app.Db, viewer, organisation, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task One_owner_stays_also_when_two_leave_at_the_same_moment()
    {
        var organisation = await AnOrganisation();
        CustomerId[] owners = [await AMember(organisation, OrganisationRole.Owner), await AMember(organisation, OrganisationRole.Owner)];
        var left = await Task.WhenAll(owners.Select(async o =>
        {
            try
            {
                return await OrganisationMembers.Leave(app.Db, o, organisation, default);
            }
            catch (RuleBroken refused) when (refused.Code == "organisation.last_owner")
            {
                return false;
            }
        }));
        left.Count(l => l).ShouldBe(1);
        var last = (await Organisations.Persons(app.Db, organisation, default)).ShouldHaveSingleItem();
        (await Should.ThrowAsync<RuleBroken>(() => OrganisationMembers.ChangeRole(app.Db, app.Clock, organisation, last.Id, OrganisationRole.Sender, OrganisationActor.Staff(Operator, "x"), default))).Code
            .ShouldBe("organisation.last_owner");
        (await Should.ThrowAsync<RuleBroken>(() => OrganisationMembers.SendAway(app.Db, app.Clock, organisation, last.Id, OrganisationActor.Staff(Operator, "x"), default))).Code.ShouldBe("organisation.last_owner");
    }

    [Fact]
    public async Task A_merge_takes_memberships_along_with_the_higher_role_and_its_undoing_gives_each_back_what_was_theirs()
    {
        var (both, theirs) = (await AnOrganisation(), await AnOrganisation());
        var union = "org-" + app.NewPhone();
        var older = await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-o1", OpenId.Parse("o1-" + union), null), default);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var newer = await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-o2", OpenId.Parse("o2-" + union), union), default);
        await Join(both, older, OrganisationRole.Viewer);
        await Join(both, newer, OrganisationRole.Owner);
        await Join(theirs, newer, OrganisationRole.Owner);

        await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-o1", OpenId.Parse("o1-" + union), union), default);
        (await RolesOf(older)).ShouldBe([(both, OrganisationRole.Owner), (theirs, OrganisationRole.Owner)], ignoreOrder: true);
        (await Organisations.Persons(app.Db, both, default)).ShouldHaveSingleItem("the person stands there once").Customer.ShouldBe(older);
        (await Should.ThrowAsync<RuleBroken>(() => OrganisationMembers.Leave(app.Db, older, both, default))).Code.ShouldBe("organisation.last_owner");

        var merge = (await ListMerges.Execute(app.Db, null, 100, default)).First(m => m.IntoCustomer == older);
        await UndoMerge.Execute(app.Db, app.Clock, app.App.Get<CustomersOptions>(), merge.Id, Operator, "wrong", default);
        (await RolesOf(older)).ShouldBe([(both, OrganisationRole.Viewer)]);
        (await RolesOf(newer)).ShouldBe([(both, OrganisationRole.Owner), (theirs, OrganisationRole.Owner)], ignoreOrder: true);
    }

    [Fact]
    public async Task What_staff_change_is_audited_two_at_once_do_not_overwrite_one_another_and_a_code_is_taken_once()
    {
        var organisation = (await Organisations.Find(app.Db, await AnOrganisation(), default))!;
        var other = (await Organisations.Find(app.Db, await AnOrganisation(), default))!;
        var draft = new OrganisationDraft("新名称", organisation.CreditCode, "YJ-2026-001");
        var changed = await SaveOrganisation.Change(app.Db, app.Clock, organisation.Id, draft, organisation.Version, Operator, "更名", default);
        (changed!.Name, changed.ContractNumber).ShouldBe(("新名称", "YJ-2026-001"));
        (await Should.ThrowAsync<RuleBroken>(() => SaveOrganisation.Change(app.Db, app.Clock, organisation.Id, draft, organisation.Version, Operator, "更名", default))).Code.ShouldBe("organisation.changed_meanwhile");
        (await Should.ThrowAsync<RuleBroken>(() => SaveOrganisation.Change(app.Db, app.Clock, other.Id, draft, other.Version, Operator, "更名", default))).Code.ShouldBe("organisation.code_taken");
        (await Should.ThrowAsync<RuleBroken>(() => SaveOrganisation.Create(app.Db, app.Clock, draft, Operator, "again", default))).Code.ShouldBe("organisation.code_taken");
        (await SaveOrganisation.Change(app.Db, app.Clock, new string('0', 32), draft, 1, Operator, "x", default)).ShouldBeNull();
        (await app.Db.Query<string>("select action from staff_audit where subject = @subject order by sequence", new { subject = "organisation:" + organisation.Id })).ShouldBe(["organisation.created", "organisation.changed"]);
    }

    [Fact]
    public async Task An_erased_person_belongs_nowhere_any_more_and_the_organisation_stays()
    {
        var organisation = await AnOrganisation();
        var owner = await AMember(organisation, OrganisationRole.Owner);
        var parts = (IPersonalData[])[.. Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetServices<IPersonalData>(app.App.Services)];
        (await ExportCustomer.Execute(app.Db, parts, owner, default)).ToJsonString().ShouldContain("organisations");
        var request = new ErasureRequest(ErasureOrigin.Customer, ErasureScope.Everything, "org" + owner) { Customer = owner };
        await EraseCustomer.Ask(app.Db, app.Keys, app.App.Get<Kernel.Jobs.IJobAlarm>(), app.Clock, request, default);
        await app.App.RunJob("customers.erase");
        (await app.Db.First<long>("select count(*) from customers_members where customer_id = @owner", new { owner })).ShouldBe(0);
        (await Organisations.Find(app.Db, organisation, default)).ShouldNotBeNull();
    }

    private async Task<string> AnOrganisation()
    {
        var draft = new OrganisationDraft("测试企业", Code(Interlocked.Increment(ref _last)), "");
        draft.Problem().ShouldBeNull();
        return (await SaveOrganisation.Create(app.Db, app.Clock, draft, Operator, "test", default)).Id;
    }

    private async Task<string> Invited(string organisation, string phone, OrganisationRole role, OrganisationActor? by = null) =>
        (await InviteToOrganisation.Execute(app.Db, app.Keys, app.Clock, _sms, organisation, Phone.Parse(phone), role, by ?? OrganisationActor.Staff(Operator, "test"), default))!.Value.Invite.Id;

    private async Task<CustomerId> AMember(string organisation, OrganisationRole role)
    {
        var customer = await app.ACustomer();
        await Join(organisation, customer, role);
        return customer;
    }

    private async Task Join(string organisation, CustomerId customer, OrganisationRole role)
    {
        var phone = app.NewPhone();
        await BindPhone.Execute(app.Db, app.Keys, app.Clock, customer, Phone.Parse(phone), PhoneSource.Sms, default);
        (await OrganisationMembers.Accept(app.Db, app.Clock, customer, await Invited(organisation, phone, role), default)).ShouldNotBeNull();
    }

    private async Task<IEnumerable<(string, OrganisationRole)>> RolesOf(CustomerId customer) => (await Organisations.Of(app.Db, customer, default)).Select(m => (m.OrganisationId, m.Role));

    /// <summary>A code that is right: its check character is found by trying.</summary>
    private static CreditCode Code(int serial) =>
        "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(c => CreditCode.TryParse($"91330106MA2B{serial:00000}{c}", null, out var code) ? code : default).First(c => c.Text.Length > 0);

    private sealed class Letters : ISmsSender
    {
        public System.Collections.Concurrent.ConcurrentBag<string> Sent { get; } = [];

        public Task<bool> Send(Phone to, string text, string idempotencyKey, CancellationToken ct)
        {
            Sent.Add(text);
            return Task.FromResult(true);
        }
    }
}

public sealed class OrganisationsOnSqlite(OnSqlite app) : OrganisationSuite(app), IClassFixture<OnSqlite>;

public sealed class OrganisationsOnMariaDb(OnMariaDb app) : OrganisationSuite(app), IClassFixture<OnMariaDb>;

/// <summary>Codes of organisations as people type them.</summary>
public sealed class ReadingCreditCodes
{
    [Theory]
    [InlineData("91350100M000100Y43", true)] // the example of the standard
    [InlineData(" 91350100m000100y43 ", true)]
    [InlineData("91350100M000100Y44", false)]
    [InlineData("91350100M000100Y4", false)]
    [InlineData("9135O100M000100Y43", false)] // the letter O
    [InlineData("", false)]
    public void The_last_character_checks_the_others(string text, bool isRight) => CreditCode.TryParse(text, null, out _).ShouldBe(isRight);
}
