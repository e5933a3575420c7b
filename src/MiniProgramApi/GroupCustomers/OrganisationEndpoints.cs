using Courier.Http;
using Courier.Http.Limits;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.GroupCustomers;

/// <summary>The organisations that a customer belongs to. Others' are answered as if they did not exist.</summary>
internal static class OrganisationEndpoints
{
    private const string ForOwners = "For owners of the organisation.";

    public static void MapOrganisations(this RouteGroupBuilder organisations)
    {
        organisations.MapGet("", Mine).ForCustomers().WithName("ListOrganisations").WithSummary("The customer's organisations, and invitations to the customer's numbers");
        organisations.MapGet("/{id}", Show).ForCustomers().Refuses(404, "organisation.unknown").WithName("ShowOrganisation").WithSummary("One of the customer's organisations; owners see its persons and open invitations");
        organisations.MapPost("/{id}/invites", Invite).ForCustomers().TakesIdempotencyKey().Refuses(404, "organisation.unknown").Refuses(409, "organisation.not_owner", "organisation.already_in", "organisation.too_many_invites").WithName("InviteToOrganisation")
            .WithSummary("Invites a person by mobile number, who is told by a short message").WithDescription($"{ForOwners} organisation.too_many_invites: 50 a day. "
                + "`told` is false when the short message could not be sent; the invitation counts all the same. Inviting the same number again renews it.");
        organisations.MapDelete("/{id}/invites/{invite}", Withdraw).ForCustomers().TakesIdempotencyKey().Refuses(404, "organisation.unknown", "organisation.invite_unknown").Refuses(409, "organisation.not_owner").WithName("WithdrawInvite")
            .WithSummary("Takes an invitation back").WithDescription(ForOwners);
        organisations.MapPost("/invites/{invite}/accept", Accept).ForCustomers().TakesIdempotencyKey().CountsMisses().Refuses(404, "organisation.invite_unknown").WithName("AcceptInvite").WithSummary("Accepts an invitation to a number that the customer has proven")
            .WithDescription("organisation.invite_unknown: unknown, over, used up, taken back, or for somebody else's number.");
        organisations.MapDelete("/{id}/members/me", Leave).ForCustomers().TakesIdempotencyKey().Refuses(404, "organisation.unknown").Refuses(409, "organisation.last_owner").WithName("LeaveOrganisation").WithSummary("Leaves an organisation");
        organisations.MapDelete("/{id}/members/{member}", SendAway).ForCustomers().TakesIdempotencyKey().Refuses(404, "organisation.unknown", "organisation.member_unknown").Refuses(409, "organisation.not_owner", "organisation.last_owner").WithName("SendMemberAway").WithSummary("Sends a person away")
            .WithDescription(ForOwners);
        organisations.MapPut("/{id}/members/{member}", ChangeRole).ForCustomers().Refuses(404, "organisation.unknown", "organisation.member_unknown").Refuses(409, "organisation.not_owner", "organisation.last_owner").WithName("ChangeMemberRole").WithSummary("Gives a person another role")
            .WithDescription(ForOwners);
    }

    private static async Task<Ok<OrganisationsAnswer>> Mine(CurrentCustomer me, Db db, TimeProvider clock, CancellationToken ct)
    {
        var customer = CustomerId.Parse(me.Id);
        var memberships = await Organisations.Of(db, customer, ct).ConfigureAwait(false);
        var invites = await Organisations.InvitesFor(db, clock, customer, ct).ConfigureAwait(false);
        return TypedResults.Ok(new OrganisationsAnswer([.. memberships.Select(MembershipAnswer.Of)], [.. invites.Select(OrganisationInviteAnswer.Of)]));
    }

    private static async Task<Results<Ok<OrganisationAnswer>, ProblemHttpResult>> Show(string id, CurrentCustomer me, Db db, TimeProvider clock, CancellationToken ct)
    {
        var customer = CustomerId.Parse(me.Id);
        if ((await Organisations.Of(db, customer, ct).ConfigureAwait(false)).FirstOrDefault(m => m.OrganisationId == id) is not { } mine
            || await Organisations.Find(db, id, ct).ConfigureAwait(false) is not { } organisation) return Unknown();
        var owns = mine.Role == OrganisationRole.Owner;
        var persons = owns ? await Organisations.Persons(db, id, ct).ConfigureAwait(false) : [];
        var invites = owns ? await Organisations.OpenInvites(db, clock, id, ct).ConfigureAwait(false) : [];
        return TypedResults.Ok(new OrganisationAnswer(organisation.Id, organisation.Name, organisation.CreditCode, organisation.ContractNumber, mine.Role,
            [.. persons.Select(p => new PersonAnswer(p.Id, p.PhoneTail, p.Role, p.JoinedAt, p.Customer == customer))], [.. invites.Select(OrganisationInviteAnswer.Of)]));
    }

    private static async Task<Results<Ok<SentInviteAnswer>, ProblemHttpResult>> Invite(
        string id, OrganisationInviteBody body, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, ISmsSender sms, CancellationToken ct)
    {
        var phone = Phone.TryParse(body.Phone, out var given) && given.IsMobile ? given : throw new BadInput("phone", Texts.PhoneWrong);
        return await InviteToOrganisation.Execute(db, keys, clock, sms, id, phone, Role(body.Role), OrganisationActor.Owner(CustomerId.Parse(me.Id)), ct).ConfigureAwait(false) is var (invite, isTold)
            ? TypedResults.Ok(new SentInviteAnswer(invite.Id, invite.PhoneTail, invite.Role, invite.ExpiresAt, isTold))
            : Unknown();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Withdraw(string id, string invite, CurrentCustomer me, Db db, TimeProvider clock, CancellationToken ct) =>
        await InviteToOrganisation.Withdraw(db, clock, id, invite, OrganisationActor.Owner(CustomerId.Parse(me.Id)), ct).ConfigureAwait(false) ? TypedResults.NoContent() : InviteUnknown();

    private static async Task<Results<Ok<MembershipAnswer>, ProblemHttpResult>> Accept(string invite, CurrentCustomer me, Db db, TimeProvider clock, CancellationToken ct) =>
        await OrganisationMembers.Accept(db, clock, CustomerId.Parse(me.Id), invite, ct).ConfigureAwait(false) is { } joined ? TypedResults.Ok(MembershipAnswer.Of(joined)) : InviteUnknown();

    private static async Task<Results<NoContent, ProblemHttpResult>> Leave(string id, CurrentCustomer me, Db db, CancellationToken ct) =>
        await OrganisationMembers.Leave(db, CustomerId.Parse(me.Id), id, ct).ConfigureAwait(false) ? TypedResults.NoContent() : Unknown();

    private static async Task<Results<NoContent, ProblemHttpResult>> SendAway(string id, string member, CurrentCustomer me, Db db, TimeProvider clock, CancellationToken ct) =>
        await OrganisationMembers.SendAway(db, clock, id, member, OrganisationActor.Owner(CustomerId.Parse(me.Id)), ct).ConfigureAwait(false) ? TypedResults.NoContent() : MemberUnknown();

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeRole(string id, string member, MemberRoleBody body, CurrentCustomer me, Db db, TimeProvider clock, CancellationToken ct) =>
        await OrganisationMembers.ChangeRole(db, clock, id, member, Role(body.Role), OrganisationActor.Owner(CustomerId.Parse(me.Id)), ct).ConfigureAwait(false) ? TypedResults.NoContent() : MemberUnknown();

    private static OrganisationRole Role(string? text) => EnumText<OrganisationRole>.TryParse(text, out var role) ? role : throw new BadInput("role", Texts.OrganisationRoleWrong);

    private static ProblemHttpResult Unknown() => Problems.NotFound("organisation.unknown", Texts.OrganisationUnknown);

    private static ProblemHttpResult InviteUnknown() => Problems.NotFound("organisation.invite_unknown", Texts.OrganisationInviteUnknown);

    private static ProblemHttpResult MemberUnknown() => Problems.NotFound("organisation.member_unknown", Texts.OrganisationMemberUnknown);
}

/// <summary>Body of an invitation.</summary>
/// <param name="Phone">A mobile number.</param>
/// <param name="Role">owner, sender or viewer.</param>
internal sealed record OrganisationInviteBody(string? Phone, string? Role)
{
    // The number stays out of every log.
    public override string ToString() => "OrganisationInviteBody";
}

/// <summary>Body of giving a role.</summary>
/// <param name="Role">owner, sender or viewer.</param>
internal sealed record MemberRoleBody(string? Role);

/// <summary>What a customer belongs to.</summary>
/// <param name="Items">The organisations, the first joined first.</param>
/// <param name="Invites">Invitations that the customer can accept.</param>
internal sealed record OrganisationsAnswer(IReadOnlyList<MembershipAnswer> Items, IReadOnlyList<OrganisationInviteAnswer> Invites);

/// <summary>An organisation that the customer belongs to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="ContractNumber">Number of its contract or monthly account; empty for none.</param>
/// <param name="Role">What the customer may do.</param>
/// <param name="JoinedAt">Since when.</param>
internal sealed record MembershipAnswer(string Id, string Name, string ContractNumber, OrganisationRole Role, DateTimeOffset JoinedAt)
{
    public static MembershipAnswer Of(Membership m) => new(m.OrganisationId, m.Name, m.ContractNumber, m.Role, m.JoinedAt);
}

/// <summary>An invitation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Organisation">Name of the organisation.</param>
/// <param name="PhoneTail">Last four digits of the number that it is for.</param>
/// <param name="Role">What the person will be.</param>
/// <param name="ExpiresAt">From then on it is worth nothing.</param>
internal sealed record OrganisationInviteAnswer(string Id, string Organisation, string PhoneTail, OrganisationRole Role, DateTimeOffset ExpiresAt)
{
    public static OrganisationInviteAnswer Of(OrganisationInvite i) => new(i.Id, i.Organisation, i.PhoneTail, i.Role, i.ExpiresAt);
}

/// <summary>An invitation that was just made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PhoneTail">Last four digits of the number.</param>
/// <param name="Role">What the person will be.</param>
/// <param name="ExpiresAt">From then on it is worth nothing.</param>
/// <param name="Told">Did the operator of short messages take the message?</param>
internal sealed record SentInviteAnswer(string Id, string PhoneTail, OrganisationRole Role, DateTimeOffset ExpiresAt, bool Told);

/// <summary>An organisation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="CreditCode">The code that it is registered and taxed under.</param>
/// <param name="ContractNumber">Number of its contract or monthly account; empty for none.</param>
/// <param name="Role">What the customer may do.</param>
/// <param name="Persons">Its persons; none for who is no owner.</param>
/// <param name="Invites">Open invitations; none for who is no owner.</param>
internal sealed record OrganisationAnswer(
    string Id, string Name, CreditCode CreditCode, string ContractNumber, OrganisationRole Role, IReadOnlyList<PersonAnswer> Persons, IReadOnlyList<OrganisationInviteAnswer> Invites);

/// <summary>A person of an organisation.</summary>
/// <param name="Id">Id of the membership.</param>
/// <param name="PhoneTail">Last four digits of the number that was proven last; empty for none.</param>
/// <param name="Role">What this person may do.</param>
/// <param name="JoinedAt">Since when.</param>
/// <param name="IsMe">Is it the customer who asks?</param>
internal sealed record PersonAnswer(string Id, string PhoneTail, OrganisationRole Role, DateTimeOffset JoinedAt, bool IsMe);
