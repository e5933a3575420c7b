using Courier.Kernel.Data;
using Courier.Services.Staff;
using Courier.Testing;

namespace Courier.Services.Tests.Staff;

/// <summary>The product on an empty database, and staff by intent; each test makes accounts of its own.</summary>
public abstract class StaffDatabase : IAsyncLifetime
{
    public const string Password = "a long enough secret";

    private CourierApp? _app;
    private int _names;

    public CourierApp App => _app ?? throw new InvalidOperationException("not started");
    public Db Db => App.Get<Db>();
    public FakeClock Clock => App.Clock;
    public StaffOptions Options => App.Get<StaffOptions>();

    public async Task InitializeAsync() => _app = await CourierApp.Start(new() { MariaDb = await ConnectionString() });

    public async Task DisposeAsync() => await App.DisposeAsync();

    public StaffName NewName() => StaffName.Parse($"person{Interlocked.Increment(ref _names)}");

    public async Task<StaffMember> AMember(params StaffRole[] roles)
    {
        var name = NewName();
        var id = await CreateStaff.Execute(Db, Clock, StaffId.System, new(name, "某某", roles.Length == 0 ? [StaffRole.Agent] : roles, Password), default);
        return (await StaffAccounts.Find(Db, id, default))!;
    }

    public Task<SignIn.Outcome> SignIn(StaffName name, string password = Password) =>
        Services.Staff.SignIn.Execute(Db, Clock, Options, name.Text, password, default);

    public async Task<string> SignedIn(StaffMember member) => (await SignIn(member.Name)).ShouldBeOfType<SignIn.Outcome.SignedIn>().Token;

    public Task<StaffSessions.Open?> Session(string token) => StaffSessions.Find(Db, Clock, Options, token, default);

    public Task<IReadOnlyList<AuditTrail.Entry>> AuditOf(StaffMember member) =>
        AuditTrail.List(Db, new(Subject: $"staff:{member.Id}"), 50, default);

    protected abstract Task<string?> ConnectionString();
}

public sealed class StaffOnSqlite : StaffDatabase
{
    protected override Task<string?> ConnectionString() => Task.FromResult<string?>(null);
}

public sealed class StaffOnMariaDb : StaffDatabase
{
    protected override async Task<string?> ConnectionString() => await MariaDb.NewDatabase();
}
