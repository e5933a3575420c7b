using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Group customers: operators create and change them, invite persons, change roles and send persons away; everything with a reason, audited.</summary>
internal static class OrganisationEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var organisations = desk.MapGroup("/organisations");
        organisations.MapGet("", List).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor, RoleNames.Agent);
        organisations.MapGet("/{id}", Show).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        var changes = desk.MapGroup("/organisations").ForStaff(RoleNames.Operator, RoleNames.Admin);
        changes.MapPost("", Create).TakesIdempotencyKey();
        changes.MapPut("/{id}", Change);
        changes.MapPost("/{id}/invites", Invite).TakesIdempotencyKey();
        changes.MapPost("/{id}/invites/{invite}/withdraw", Withdraw);
        changes.MapPut("/{id}/members/{member}", ChangeRole);
        changes.MapPost("/{id}/members/{member}/send-away", SendAway);
    }

    private static async Task<Page<OrganisationLine>> List(string? text, PageRequest page, Db db, CancellationToken ct)
    {
        var found = await Organisations.List(db, text?.Trim() ?? "", page.After, page.Limit, ct).ConfigureAwait(false);
        return Page<OrganisationLine>.Of([.. found.Select(OrganisationLine.Of)], found.Count == page.Limit ? found[^1].Organisation.Id : null);
    }

    private static async Task<Results<Ok<OrganisationView>, ProblemHttpResult>> Show(
        string id, CurrentStaff me, Db db, TimeProvider clock, CustomerAccesses accesses, CancellationToken ct)
    {
        if (await Organisations.Find(db, id, ct).ConfigureAwait(false) is not { } organisation) return Problems.NotFound();
        var persons = await Organisations.Persons(db, id, ct).ConfigureAwait(false);
        await accesses.Note(me, LookedAtWhat.Organisation, persons.Select(p => p.Customer), ct).ConfigureAwait(false);
        return TypedResults.Ok(new OrganisationView(organisation, persons, await Organisations.OpenInvites(db, clock, id, ct).ConfigureAwait(false)));
    }

    private static async Task<Ok<Organisation>> Create(OrganisationBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(await SaveOrganisation.Create(db, clock, Draft(body), StaffId.Parse(me.Id), Reason(body.Reason), ct).ConfigureAwait(false));

    private static async Task<Results<Ok<Organisation>, ProblemHttpResult>> Change(string id, OrganisationBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
        await SaveOrganisation.Change(db, clock, id, Draft(body), body.Version ?? 0, StaffId.Parse(me.Id), Reason(body.Reason), ct).ConfigureAwait(false) is { } changed
            ? TypedResults.Ok(changed) : Problems.NotFound();

    private static async Task<Results<Ok<SentInvite>, ProblemHttpResult>> Invite(
        string id, InviteBody body, CurrentStaff me, Db db, DataKeys keys, TimeProvider clock, ISmsSender sms, CancellationToken ct)
    {
        var phone = Phone.TryParse(body.Phone, out var given) && given.IsMobile ? given : throw new BadInput("phone", Texts.MobileWrong);
        return await InviteToOrganisation.Execute(db, keys, clock, sms, id, phone, Role(body.Role), By(me, body.Reason), ct).ConfigureAwait(false) is var (invite, isTold)
            ? TypedResults.Ok(new SentInvite(invite, isTold)) : Problems.NotFound();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Withdraw(string id, string invite, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
        Found(await InviteToOrganisation.Withdraw(db, clock, id, invite, By(me, body.Reason), ct).ConfigureAwait(false));

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeRole(string id, string member, RoleBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
        Found(await OrganisationMembers.ChangeRole(db, clock, id, member, Role(body.Role), By(me, body.Reason), ct).ConfigureAwait(false));

    private static async Task<Results<NoContent, ProblemHttpResult>> SendAway(string id, string member, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
        Found(await OrganisationMembers.SendAway(db, clock, id, member, By(me, body.Reason), ct).ConfigureAwait(false));

    private static Results<NoContent, ProblemHttpResult> Found(bool found) => found ? TypedResults.NoContent() : Problems.NotFound();

    private static OrganisationDraft Draft(OrganisationBody body)
    {
        var code = CreditCode.TryParse(body.CreditCode, null, out var given) ? given : throw new BadInput("creditCode", Texts.CreditCodeWrong);
        var draft = new OrganisationDraft(body.Name ?? "", code, body.ContractNumber?.Trim() ?? "");
        return draft.Problem() is { } problem ? throw new BadInput(problem.Field, problem.Message) : draft;
    }

    private static OrganisationActor By(CurrentStaff me, string? reason) => OrganisationActor.Staff(StaffId.Parse(me.Id), Reason(reason));

    private static OrganisationRole Role(string? text) => EnumText<OrganisationRole>.TryParse(text, out var role) ? role : throw new BadInput("role", Texts.OrganisationRoleWrong);

    private static string Reason(string? reason) => new ReasonBody(reason).Checked() ?? throw new BadInput("reason", Texts.ReasonMissing);

    internal sealed record OrganisationLine(string Id, string Name, CreditCode CreditCode, string ContractNumber, DateTimeOffset CreatedAt, long Persons, long Owners)
    {
        public static OrganisationLine Of(ListedOrganisation l) =>
            new(l.Organisation.Id, l.Organisation.Name, l.Organisation.CreditCode, l.Organisation.ContractNumber, l.Organisation.CreatedAt, l.Persons, l.Owners);
    }

    internal sealed record OrganisationView(Organisation Organisation, IReadOnlyList<OrganisationPerson> Persons, IReadOnlyList<OrganisationInvite> Invites);

    internal sealed record OrganisationBody(string? Name, string? CreditCode, string? ContractNumber, long? Version, string? Reason);

    internal sealed record InviteBody(string? Phone, string? Role, string? Reason)
    {
        // The number stays out of every log.
        public override string ToString() => "InviteBody";
    }

    internal sealed record SentInvite(OrganisationInvite Invite, bool Told);

    internal sealed record RoleBody(string? Role, string? Reason);
}
