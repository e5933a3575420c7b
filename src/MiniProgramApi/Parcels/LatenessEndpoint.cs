using Courier.Http;
using Courier.Http.Limits;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Parcels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Parcels;

/// <summary>What a customer chooses after being told that a parcel will be late.</summary>
internal static class LatenessEndpoint
{
    // A person is asked for in the chat or by telephone; what is chosen here is answered here.
    private static readonly LateChoice[] Here = [LateChoice.Wait, LateChoice.RefundRule, LateChoice.Redirect];

    public static void MapLateness(this RouteGroupBuilder parcel) =>
        parcel.MapPost("/lateness", Choose).ForCustomers().TakesIdempotencyKey().CountsMisses().Refuses(404, "parcel.unknown").Refuses(409, "parcel.not_late", "parcel.direction_not_allowed").WithName("AnswerLateness")
            .WithSummary("Chooses what happens with a parcel that will be late")
            .WithDescription("choice = wait, refund_rule (answered with the rule) or redirect (answered with the ways that POST …/delivery takes; kept as the choice once one is asked for, and open "
                + "again when it is taken back). parcel.not_late: nothing is asked; parcel.direction_not_allowed: it can not be brought another way by this customer, or not any more.");

    /// <summary>Those of the choices that can be answered here; null when nothing is asked.</summary>
    public static IReadOnlyList<LateChoice>? Choices(TrackedParcel.Found found) => found.Choices.Count == 0 ? null : [.. found.Choices.Where(Here.Contains)];

    private static async Task<Results<Ok<LatenessAnswer>, ProblemHttpResult>> Choose(
        WaybillNumber waybill, LatenessBody body, CurrentCustomer me, Db db, DataKeys keys, ParcelsOptions options, TimeProvider clock, CancellationToken ct)
    {
        var (customer, choice) = (CustomerId.Parse(me.Id), body.Choice is { } c && Here.Contains(c) ? c : throw new BadInput("choice", Texts.LateChoiceWrong));
        if (await DirectParcel.Show(db, keys, options, customer, waybill, ct).ConfigureAwait(false) is not { } directions) return Problems.NotFound("parcel.unknown", Texts.ParcelUnknown);
        var warned = (await AnswerWarning.Open(db, clock, customer, ct).ConfigureAwait(false)).Where(w => w.Waybill == waybill).ToList();
        if (warned.Count == 0) throw new RuleBroken("parcel.not_late", Texts.NotLate);
        if (choice != LateChoice.Redirect)
        {
            await AnswerWarning.Choose(db, clock, customer, warned, choice, ct).ConfigureAwait(false);
            return TypedResults.Ok(new LatenessAnswer(choice, choice == LateChoice.RefundRule ? AnswerWarning.RefundRule : Texts.GoesOnWaiting, null));
        }
        return (await AnswerWarning.Redirectable(db, options, customer, warned, ct).ConfigureAwait(false)).Count == 0
            ? throw new RuleBroken("parcel.direction_not_allowed", Texts.CannotRedirect)
            : TypedResults.Ok(new LatenessAnswer(choice, Texts.ChooseAWay, directions));
    }
}

/// <summary>Body of a choice.</summary>
/// <param name="Choice">wait, refund_rule or redirect.</param>
internal sealed record LatenessBody(LateChoice? Choice);

/// <summary>What follows from a choice.</summary>
/// <param name="Choice">What was chosen.</param>
/// <param name="Text">What the customer reads.</param>
/// <param name="Delivery">For redirect: the ways that are possible, and what was asked for last.</param>
internal sealed record LatenessAnswer(LateChoice Choice, string Text, ParcelDirections? Delivery);
