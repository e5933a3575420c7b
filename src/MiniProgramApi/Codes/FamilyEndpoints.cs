using Courier.Http;
using Courier.Http.Limits;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Network.Codes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Codes;

/// <summary>The family that shares a wallet of codes.</summary>
internal static class FamilyEndpoints
{
    public static void MapFamily(this RouteGroupBuilder family)
    {
        family.MapGet("", Show).ForCustomers().WithName("ShowFamily").WithSummary("The members of the customer's family; none when there is no family");
        family.MapPost("/invites", Invite).ForCustomers().TakesIdempotencyKey().Refuses(409, "family.full").WithName("InviteToFamily").WithSummary("Makes an invitation, good for a day and one person")
            .WithDescription("Customers. Body: name (what the others read for the one who invites, where a family begins).");
        family.MapPost("/accept", Accept).ForCustomers().TakesIdempotencyKey().CountsMisses().Refuses(404, "family.invite_unknown").Refuses(409, "family.already_in_one", "family.full").WithName("JoinFamily").WithSummary("Takes an invitation")
            .WithDescription("Customers. Body: token, name.");
        family.MapDelete("", Leave).ForCustomers().TakesIdempotencyKey().Refuses(404, "family.none").WithName("LeaveFamily").WithSummary("Leaves the family at once");
        family.MapDelete("/members/{id}", SendAway).ForCustomers().TakesIdempotencyKey().Refuses(404, "family.member_unknown").WithName("SendFamilyMemberAway").WithSummary("The owner sends a member away")
            .WithDescription("Customers. family.member_unknown also for who is not the owner.");
    }

    private static async Task<Ok<FamilyAnswer>> Show(CurrentCustomer me, Db db, DataKeys keys, CancellationToken ct) => TypedResults.Ok(await Answer(me, db, keys, ct).ConfigureAwait(false));

    private static async Task<Ok<InviteAnswer>> Invite(InviteBody? body, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, SiteLinks links, CancellationToken ct)
    {
        var invite = await Family.Invite(db, keys, clock, CustomerId.Parse(me.Id), await Name(body?.Name, me, db, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        return TypedResults.Ok(new InviteAnswer(invite.Token, links.To("/app/#/pages/codes/family?token=" + invite.Token).AbsoluteUri, invite.ExpiresAt));
    }

    private static async Task<Results<Ok<FamilyAnswer>, ProblemHttpResult>> Accept(AcceptBody body, CurrentCustomer me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct) =>
        await Family.Accept(db, keys, clock, CustomerId.Parse(me.Id), CodeEndpoints.Bounded(body.Token, "token", 100), await Name(body.Name, me, db, ct).ConfigureAwait(false), ct).ConfigureAwait(false)
            ? TypedResults.Ok(await Answer(me, db, keys, ct).ConfigureAwait(false))
            : Problems.NotFound("family.invite_unknown", Texts.InviteGone);

    private static async Task<Results<NoContent, ProblemHttpResult>> Leave(CurrentCustomer me, Db db, CancellationToken ct) =>
        await Family.Leave(db, CustomerId.Parse(me.Id), ct).ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound("family.none", Texts.NoFamily);

    private static async Task<Results<NoContent, ProblemHttpResult>> SendAway(string id, CurrentCustomer me, Db db, CancellationToken ct) =>
        await Family.SendAway(db, CustomerId.Parse(me.Id), id, ct).ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound("family.member_unknown", Texts.MemberUnknown);

    private static async Task<FamilyAnswer> Answer(CurrentCustomer me, Db db, DataKeys keys, CancellationToken ct)
    {
        var customer = CustomerId.Parse(me.Id);
        return new FamilyAnswer([.. (await Family.Of(db, keys, customer, ct).ConfigureAwait(false)).Select(m => new MemberAnswer(m.Id, m.Name, m.Customer == customer, m.IsOwner, m.JoinedAt))]);
    }

    // Who gives no name is told apart by the end of their number.
    private static async Task<string> Name(string? name, CurrentCustomer me, Db db, CancellationToken ct) => CodeEndpoints.Bounded(name, "name", 20) is { Length: > 0 } given
        ? given : Texts.FamilyMember((await VerifiedPhones.Of(db, CustomerId.Parse(me.Id), ct).ConfigureAwait(false)).FirstOrDefault()?.Tail);
}

/// <summary>Body of an invitation.</summary>
/// <param name="Name">What the others read for the one who invites.</param>
internal sealed record InviteBody(string? Name);

/// <summary>Body of taking an invitation.</summary>
/// <param name="Token">The last part of its link.</param>
/// <param name="Name">What the others read.</param>
internal sealed record AcceptBody(string? Token, string? Name);

/// <summary>An invitation.</summary>
/// <param name="Token">Its secret part.</param>
/// <param name="Url">The link.</param>
/// <param name="ExpiresAt">From then on it is worth nothing.</param>
internal sealed record InviteAnswer(string Token, string Url, DateTimeOffset ExpiresAt);

/// <summary>A family.</summary>
/// <param name="Members">Its members, the longest in it first; none when there is no family.</param>
internal sealed record FamilyAnswer(IReadOnlyList<MemberAnswer> Members);

/// <summary>A member.</summary>
/// <param name="Id">Id of the membership.</param>
/// <param name="Name">What the others read.</param>
/// <param name="IsMe">Is it the customer who asks?</param>
/// <param name="IsOwner">May this one send others away?</param>
/// <param name="JoinedAt">Since when.</param>
internal sealed record MemberAnswer(string Id, string Name, bool IsMe, bool IsOwner, DateTimeOffset JoinedAt);
