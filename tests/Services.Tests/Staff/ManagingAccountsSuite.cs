using Courier.Kernel;
using Courier.Services.Staff;

namespace Courier.Services.Tests.Staff;

public sealed class ManagingAccountsOnSqlite(StaffOnSqlite staff) : ManagingAccountsSuite(staff), IClassFixture<StaffOnSqlite>;

public sealed class ManagingAccountsOnMariaDb(StaffOnMariaDb staff) : ManagingAccountsSuite(staff), IClassFixture<StaffOnMariaDb>;

public abstract class ManagingAccountsSuite(StaffDatabase staff)
{
    [Fact]
    public async Task Disabling_an_account_ends_all_its_sessions_at_once_and_enabling_does_not_bring_them_back()
    {
        var admin = await staff.AMember(StaffRole.Admin);
        var member = await staff.AMember();
        var (one, two) = (await staff.SignedIn(member), await staff.SignedIn(member));

        (await DisableStaff.Execute(staff.Db, staff.Clock, admin.Id, member.Id, disabled: true, "离职", default)).ShouldBeTrue();
        (await staff.Session(one)).ShouldBeNull();
        (await staff.Session(two)).ShouldBeNull();

        await DisableStaff.Execute(staff.Db, staff.Clock, admin.Id, member.Id, disabled: false, null, default);
        (await staff.Session(one)).ShouldBeNull();
        await staff.SignedIn(member);
        var entry = (await staff.AuditOf(member)).Single(e => e.Action == "staff.disabled");
        (entry.Who, entry.WhoName, entry.Reason).ShouldBe((admin.Id, admin.Name.Text, "离职"));
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        var member = await staff.AMember();

        var refused = await Should.ThrowAsync<RuleBroken>(() =>
            CreateStaff.Execute(staff.Db, staff.Clock, StaffId.System, new(member.Name, "另一个", [StaffRole.Agent], StaffDatabase.Password), default));

        refused.Code.ShouldBe(CreateStaff.NameTaken);
    }

    [Theory]
    [InlineData("short123")]
    [InlineData("aaaaaaaaaaaaaa")]
    [InlineData("my-wanglei-password")]
    public async Task A_weak_password_is_refused(string password)
    {
        var refused = await Should.ThrowAsync<RuleBroken>(() =>
            CreateStaff.Execute(staff.Db, staff.Clock, StaffId.System, new(StaffName.Parse("wanglei"), "王磊", [StaffRole.Agent], password), default));

        refused.Code.ShouldBe(PasswordRule.Weak);
    }

    [Fact]
    public async Task An_account_needs_a_role_and_a_readable_name()
    {
        (await Should.ThrowAsync<RuleBroken>(() => CreateStaff.Execute(staff.Db, staff.Clock, StaffId.System,
            new(staff.NewName(), "某某", [], StaffDatabase.Password), default))).Code.ShouldBe(CreateStaff.NoRoles);
        (await Should.ThrowAsync<RuleBroken>(() => CreateStaff.Execute(staff.Db, staff.Clock, StaffId.System,
            new(staff.NewName(), "  ", [StaffRole.Agent], StaffDatabase.Password), default))).Code.ShouldBe(CreateStaff.DisplayNameLength);
    }

    [Fact]
    public async Task Nobody_disables_the_own_account()
    {
        var admin = await staff.AMember(StaffRole.Admin);

        (await Should.ThrowAsync<RuleBroken>(() => DisableStaff.Execute(staff.Db, staff.Clock, admin.Id, admin.Id, disabled: true, null, default)))
            .Code.ShouldBe(DisableStaff.NotYourself);
    }

    [Fact]
    public async Task Two_administrators_who_disable_each_other_at_the_same_moment_leave_one()
    {
        var (one, two) = (await staff.AMember(StaffRole.Admin), await staff.AMember(StaffRole.Admin));
        foreach (var other in (await StaffAccounts.List(staff.Db, null, 100, default)).Where(m => m.Roles.Contains(StaffRole.Admin) && m.Id != one.Id && m.Id != two.Id))
            await ChangeRoles.Execute(staff.Db, staff.Clock, StaffId.System, other.Id, [StaffRole.Agent], default);

        var codes = await Task.WhenAll(Disable(one, two), Disable(two, one));

        codes.Order().ShouldBe(["", DisableStaff.LastAdmin]);
        var left = (await StaffAccounts.Find(staff.Db, codes[0] == "" ? one.Id : two.Id, default))!;
        left.Disabled.ShouldBeFalse();
        (await Should.ThrowAsync<RuleBroken>(() => ChangeRoles.Execute(staff.Db, staff.Clock, left.Id, left.Id, [StaffRole.Operator], default)))
            .Code.ShouldBe(DisableStaff.LastAdmin);
        (await StaffAccounts.Find(staff.Db, left.Id, default))!.Roles.ShouldBe([StaffRole.Admin]);
    }

    [Fact]
    public async Task Other_roles_count_at_once_in_sessions_that_are_open()
    {
        await staff.AMember(StaffRole.Admin);
        var member = await staff.AMember(StaffRole.Agent);
        var token = await staff.SignedIn(member);

        await ChangeRoles.Execute(staff.Db, staff.Clock, StaffId.System, member.Id, [StaffRole.Operator, StaffRole.Outlet], default);

        (await staff.Session(token))!.Member.Roles.ShouldBe([StaffRole.Operator, StaffRole.Outlet]);
    }

    [Fact]
    public async Task A_reset_password_ends_the_sessions_and_must_be_changed()
    {
        var member = await staff.AMember();
        var token = await staff.SignedIn(member);

        (await ResetPassword.Execute(staff.Db, staff.Clock, StaffId.System, member.Id, "a fresh password 1", default)).ShouldBeTrue();

        (await staff.Session(token)).ShouldBeNull();
        (await staff.SignIn(member.Name)).ShouldBeOfType<SignIn.Outcome.Refused>();
        (await staff.SignIn(member.Name, "a fresh password 1")).ShouldBeOfType<SignIn.Outcome.SignedIn>().Member.MustChangePassword.ShouldBeTrue();
    }

    [Fact]
    public async Task Changing_the_own_password_keeps_this_session_and_ends_the_others()
    {
        var member = await staff.AMember();
        var (here, elsewhere) = (await staff.SignedIn(member), await staff.SignedIn(member));

        await ChangePassword.Execute(staff.Db, staff.Clock, member.Id, StaffDatabase.Password, "quite another one", (await staff.Session(here))!.Id, default);

        (await staff.Session(here))!.Member.MustChangePassword.ShouldBeFalse();
        (await staff.Session(elsewhere)).ShouldBeNull();
        (await staff.SignIn(member.Name, "quite another one")).ShouldBeOfType<SignIn.Outcome.SignedIn>();
    }

    [Fact]
    public async Task Changing_the_own_password_needs_the_current_one_and_counts_wrong_ones()
    {
        var member = await staff.AMember();
        var session = (await staff.Session(await staff.SignedIn(member)))!.Id;

        Task Change(string current, string next) => ChangePassword.Execute(staff.Db, staff.Clock, member.Id, current, next, session, default);
        (await Should.ThrowAsync<RuleBroken>(() => Change(StaffDatabase.Password, StaffDatabase.Password))).Code.ShouldBe(PasswordRule.Weak);
        for (var i = 0; i < 5; i++)
            (await Should.ThrowAsync<RuleBroken>(() => Change("wrong wrong wrong", "quite another one"))).Code.ShouldBe(ChangePassword.WrongPassword);
        (await Should.ThrowAsync<RuleBroken>(() => Change(StaffDatabase.Password, "quite another one"))).Code.ShouldBe(ChangePassword.TooManyTries);
    }

    [Fact]
    public async Task What_is_done_to_an_unknown_account_is_answered_with_no()
    {
        var nobody = StaffId.New(staff.Clock);

        (await DisableStaff.Execute(staff.Db, staff.Clock, StaffId.System, nobody, disabled: true, null, default)).ShouldBeFalse();
        (await ResetPassword.Execute(staff.Db, staff.Clock, StaffId.System, nobody, "a fresh password 1", default)).ShouldBeFalse();
        (await ChangeRoles.Execute(staff.Db, staff.Clock, StaffId.System, nobody, [StaffRole.Agent], default)).ShouldBeFalse();
    }

    private async Task<string> Disable(StaffMember who, StaffMember whom)
    {
        try
        {
            await DisableStaff.Execute(staff.Db, staff.Clock, who.Id, whom.Id, disabled: true, null, default);
            return "";
        }
        catch (RuleBroken refused)
        {
            return refused.Code;
        }
    }
}
