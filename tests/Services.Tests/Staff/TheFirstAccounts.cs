using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Courier.Testing;

namespace Courier.Services.Tests.Staff;

public sealed class TheFirstAccounts
{
    private static readonly Dictionary<string, string> FirstAdmin = new()
    {
        ["Staff:FirstAdmin:Name"] = "zhangwei",
        ["Staff:FirstAdmin:Password"] = "first of all secrets",
    };

    [Fact]
    public async Task The_configured_administrator_is_made_once_and_must_change_the_password()
    {
        var directory = Directory.CreateTempSubdirectory("courier-test-").FullName;
        await using (var app = await CourierApp.Start(new() { DataDirectory = directory, Settings = FirstAdmin }))
        {
            var done = await SignIn.Execute(app.Get<Db>(), app.Clock, app.Get<StaffOptions>(), "zhangwei", "first of all secrets", default);
            var member = done.ShouldBeOfType<SignIn.Outcome.SignedIn>().Member;
            (member.Roles.Single(), member.MustChangePassword).ShouldBe((StaffRole.Admin, true));
        }

        var again = new Dictionary<string, string>(FirstAdmin) { ["Staff:FirstAdmin:Name"] = "another" };
        await using (var app = await CourierApp.Start(new() { DataDirectory = directory, Settings = again }))
            (await StaffAccounts.List(app.Get<Db>(), null, 10, default)).Select(m => m.Name.Text).ShouldBe(["zhangwei"]);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_first_administrator_with_a_weak_password_stops_the_start()
    {
        var settings = new Dictionary<string, string>(FirstAdmin) { ["Staff:FirstAdmin:Password"] = "short" };

        (await Should.ThrowAsync<WrongConfiguration>(() => CourierApp.Start(new() { Settings = settings }))).Message.ShouldContain("FirstAdmin:Password");
    }

    [Fact]
    public async Task Without_demo_data_there_is_nobody()
    {
        await using var app = await CourierApp.Start();

        (await StaffAccounts.List(app.Get<Db>(), null, 10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Demo_data_bring_one_account_of_each_role_and_five_agents()
    {
        await using var app = await CourierApp.Start(new() { Demo = true });

        var members = await StaffAccounts.List(app.Get<Db>(), null, 20, default);

        members.Select(m => m.Name.Text).ShouldBe(["admin", "agent1001", "agent1002", "agent1003", "agent1004", "agent1005", "courier", "operator", "outlet", "supervisor"]);
        members.SelectMany(m => m.Roles).Distinct().Order().ShouldBe(Enum.GetValues<StaffRole>());
        (await SignIn.Execute(app.Get<Db>(), app.Clock, app.Get<StaffOptions>(), "agent1003", "demoagent1003", default)).ShouldBeOfType<SignIn.Outcome.SignedIn>();
    }

    [Fact]
    public async Task Production_disables_demo_accounts_with_demo_passwords_and_makes_an_administrator_of_its_own()
    {
        var directory = Directory.CreateTempSubdirectory("courier-test-").FullName;
        string token;
        await using (var development = await CourierApp.Start(new() { DataDirectory = directory, Demo = true }))
        {
            token = (await SignInTo(development, "supervisor", "demosupervisor")).ShouldBeOfType<SignIn.Outcome.SignedIn>().Token; // renews its hash
            var courier = (await StaffAccounts.List(development.Get<Db>(), null, 20, default)).Single(m => m.Name.Text == "courier");
            await ResetPassword.Execute(development.Get<Db>(), development.Clock, StaffId.System, courier.Id, "nobody knows this", default);
        }

        var production = new Dictionary<string, string>(FirstAdmin) { ["Data:Keys:0"] = "a-key-that-nobody-else-knows", ["Management:Port"] = "0" };
        await using (var app = await CourierApp.Start(new() { DataDirectory = directory, Environment = "Production", Settings = production }))
        {
            var members = await StaffAccounts.List(app.Get<Db>(), null, 20, default);
            members.Where(m => !m.Disabled).Select(m => m.Name.Text).ShouldBe(["courier", "zhangwei"]);
            (await SignInTo(app, "admin", "demoadmin")).ShouldBeOfType<SignIn.Outcome.Refused>();
            (await SignInTo(app, "zhangwei", "first of all secrets")).ShouldBeOfType<SignIn.Outcome.SignedIn>();
            (await StaffSessions.Find(app.Get<Db>(), app.Clock, app.Get<StaffOptions>(), token, default)).ShouldBeNull();
            var admin = members.Single(m => m.Name.Text == "admin");
            (await AuditTrail.List(app.Get<Db>(), new(Subject: $"staff:{admin.Id}"), 10, default)).ShouldContain(e => e.Action == "staff.disabled");
        }
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_first_administrator_with_the_name_of_a_disabled_demo_account_stops_the_start()
    {
        var directory = Directory.CreateTempSubdirectory("courier-test-").FullName;
        await using (await CourierApp.Start(new() { DataDirectory = directory, Demo = true })) { }
        var production = new Dictionary<string, string>(FirstAdmin)
        {
            ["Data:Keys:0"] = "a-key-that-nobody-else-knows", ["Management:Port"] = "0", ["Staff:FirstAdmin:Name"] = "admin",
        };

        (await Should.ThrowAsync<WrongConfiguration>(() => CourierApp.Start(new() { DataDirectory = directory, Environment = "Production", Settings = production })))
            .Message.ShouldContain("FirstAdmin:Name");
        Directory.Delete(directory, recursive: true);
    }

    private static Task<SignIn.Outcome> SignInTo(CourierApp app, string name, string password) =>
        SignIn.Execute(app.Get<Db>(), app.Clock, app.Get<StaffOptions>(), name, password, default);
}
