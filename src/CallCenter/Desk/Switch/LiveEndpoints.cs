using Courier.CallCenter.Phones;
using Courier.CallCenter.Records;
using Courier.CallCenter.Trunks;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter.Switch;

/// <summary>Running calls, where they run: what agents and supervisors do to them. Asking twice does it once; each change is audited.</summary>
internal static class LiveEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var live = desk.MapGroup("/live");
        live.MapGet("/telephone", Telephone).ForStaff(RoleNames.Supervisor, RoleNames.Admin, RoleNames.Operator);
        var calls = live.MapGroup("/calls").ForStaff(RoleNames.Agent, RoleNames.Supervisor);
        calls.MapGet("", List);
        calls.MapPost("", Begin).TakesIdempotencyKey();
        var one = calls.MapGroup("/{id}");
        one.MapPost("/hold", (string id, CurrentStaff me, LiveCommands commands, CancellationToken ct) => commands.Execute(id, me, "calls.hold", static (c, _) => c.Hold(), ct)).TakesIdempotencyKey();
        one.MapPost("/resume", (string id, CurrentStaff me, LiveCommands commands, CancellationToken ct) => commands.Execute(id, me, "calls.resume", static (c, _) => c.Resume(), ct)).TakesIdempotencyKey();
        one.MapPost("/confer", (string id, CurrentStaff me, LiveCommands commands, CancellationToken ct) => commands.Execute(id, me, "calls.confer", static (c, _) => c.Confer(), ct)).TakesIdempotencyKey();
        one.MapPost("/hangup", (string id, CurrentStaff me, LiveCommands commands, CancellationToken ct) => commands.HangUp(id, me, ct)).TakesIdempotencyKey();
        one.MapPost("/transfer", (string id, TargetBody body, CurrentStaff me, LiveCommands commands, CancellationToken ct) => commands.Transfer(id, body.Target?.Trim(), me, ct)).TakesIdempotencyKey();
        one.MapPost("/consult", (string id, TargetBody body, CurrentStaff me, LiveCommands commands, CancellationToken ct) =>
            commands.Consult(id, body.Target?.Trim() is { Length: > 0 } target ? target : throw new BadInput("target", Texts.CallTargetWrong), me, ct)).TakesIdempotencyKey();
        one.MapPost("/park", (string id, CurrentStaff me, LiveCommands commands, CancellationToken ct) => commands.Park(id, me, ct)).TakesIdempotencyKey();
        one.MapPost("/retrieve", (string id, CurrentStaff me, LiveCommands commands, CancellationToken ct) => commands.Retrieve(id, me, ct)).TakesIdempotencyKey();
        one.MapPost("/recording/pause", (string id, CurrentStaff me, LiveCommands commands, CancellationToken ct) =>
            commands.Execute(id, me, "calls.pause_recording", static (c, _) => c.PauseRecording(true), ct)).TakesIdempotencyKey();
        one.MapPost("/recording/resume", (string id, CurrentStaff me, LiveCommands commands, CancellationToken ct) =>
            commands.Execute(id, me, "calls.resume_recording", static (c, _) => c.PauseRecording(false), ct)).TakesIdempotencyKey();
        live.MapPost("/calls/{id}/listen", (string id, ListenBody body, CurrentStaff me, LiveCommands commands, CancellationToken ct) => commands.Listen(id, body.Mode, me, ct))
            .ForStaff(RoleNames.Supervisor).TakesIdempotencyKey();
    }

    private static TelephoneView Telephone(Exchange exchange, PhoneBook phones, Calls calls, TrunkBoard trunks, CallCenterOptions options) => new(
        exchange.IsOpen, options.Sip.Domain,
        exchange.IsOpen ? [.. options.Sip.TransportList().Select(t => new TransportView(t, options.Sip.ListenAddress, exchange.Agent.Transport.Local(t).Port))] : [],
        exchange.Registrar.Count, calls.Count, exchange.IsOpen ? exchange.Media.OpenLegs : 0,
        [.. options.Trunks.Select(t => new TrunkView(t.Name, t.Host, t.Inbound, t.Outbound, trunks.IsUp(t), trunks.AskedAt(t), trunks.IsRegistered(t), trunks.Calls(t), t.MostCalls))],
        [.. phones.Users.SelectMany(u => exchange.Find(u).Select(b => new PlaceView(u, b.Flow.Transport, b.Flow.Remote.ToString(), b.UserAgent ?? "", b.Ends)))]);

    private static async Task<LiveCallsView> List(CurrentStaff me, Calls calls, CustomerAccesses accesses, CancellationToken ct)
    {
        var isLead = me.Roles.Contains(RoleNames.Supervisor);
        var shown = (await Task.WhenAll(calls.All().Select(c => c.Do(() => LiveCallView.Of(c)))).ConfigureAwait(false)).Where(c => isLead || c.Staff.Contains(me.Id)).OrderBy(c => c.Id).ToList();
        await accesses.Note(me, LookedAtWhat.Call, shown.Select(c => c.Customer).OfType<CustomerId>(), ct).ConfigureAwait(false);
        return new LiveCallsView(shown);
    }

    private static Task<BegunView> Begin(BeginBody body, CurrentStaff me, LiveCommands commands, CancellationToken ct) =>
        commands.Begin(Phone.TryParse(body.Phone, out var phone) ? phone : throw new BadInput("phone", Texts.CallTargetWrong), body.CustomerId, me, ct);

    internal sealed record BeginBody(string? Phone, CustomerId? CustomerId)
    {
        public override string ToString() => "BeginBody";
    }

    internal sealed record BegunView(string Id);

    internal sealed record TargetBody(string? Target)
    {
        public override string ToString() => "TargetBody";
    }

    internal sealed record ListenBody(string? Mode);

    internal sealed record ParkedView(string Slot);

    internal sealed record TransportView(string Transport, string Address, int Port);

    internal sealed record TrunkView(string Name, string Host, bool Inbound, bool Outbound, bool Up, DateTimeOffset? AskedAt, bool? Registered, int Calls, int MostCalls);

    /// <summary>A place where a telephone of ours can be reached.</summary>
    internal sealed record PlaceView(PhoneUser User, string Transport, string Address, string Make, DateTimeOffset Until);

    internal sealed record TelephoneView(
        bool On, string Domain, IReadOnlyList<TransportView> Transports, int Phones, int Calls, int Legs, IReadOnlyList<TrunkView> Trunks, IReadOnlyList<PlaceView> Places);

    internal sealed record LiveCallsView(IReadOnlyList<LiveCallView> Calls);
}

/// <summary>A running call as it is shown; of the number outside only the last four digits.</summary>
internal sealed record LiveCallView(
    string Id, CallDirection Direction, CallState State, string PeerTail, string Hotline, CustomerId? Customer, DateTimeOffset StartedAt, DateTimeOffset? TalkedAt, string? Slot,
    bool Recording, bool RecordingPaused, IReadOnlyList<string> Staff, IReadOnlyList<string> Phones)
{
    public static LiveCallView Of(Call c) => new(
        c.Id, c.Direction, c.State, TakeCallNotes.Tail(c.Facts.Caller), c.Facts.Hotline, c.CustomerId, c.Facts.StartedAt, c.TalkedAt, c.Slot, c.Recording is not null, c.Recording?.IsPaused == true,
        [.. c.Parties.Select(p => p.Name.Staff?.Text).OfType<string>().Distinct()], [.. c.Parties.Where(p => p.Name.Trunk.Length == 0).Select(p => p.Name.Number)]);
}
