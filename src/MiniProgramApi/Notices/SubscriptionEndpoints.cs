using Courier.Http;
using Courier.Kernel.Data;
using Courier.MiniProgramApi.Sessions;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Notices;

/// <summary>What the mini-program tells about subscribe messages: WeChat tells servers only half of it, and nobody the number that is left.</summary>
internal static class SubscriptionEndpoints
{
    private const int MostAnswers = 20;

    public static void MapSubscriptions(this RouteGroupBuilder subscriptions)
    {
        subscriptions.MapGet("", Show).ForCustomers().Refuses(409, "session.no_wechat_account").WithName("ShowSubscriptions")
            .WithSummary("The templates to ask for, with what is agreed to already");
        subscriptions.MapPost("", Report).ForCustomers().Refuses(409, "session.no_wechat_account").WithName("ReportSubscriptions")
            .WithSummary("Reports what wx.requestSubscribeMessage returned")
            .WithDescription("`results` is its answer as it is: template id → accept, reject, ban, filter. The same `reportId` is counted once, so a report whose answer was lost is sent again.");
    }

    private static async Task<Results<Ok<SubscriptionsAnswer>, ProblemHttpResult>> Show(
        CurrentCustomer me, HttpRequest request, [FromServices] ISubscriptionConsents consents, Db db, TimeProvider clock, CancellationToken ct) =>
        await App(request, db, clock, ct).ConfigureAwait(false) is { } appId
            ? TypedResults.Ok(new SubscriptionsAnswer(await consents.Of(CustomerId.Parse(me.Id), appId, ct).ConfigureAwait(false)))
            : Problems.Conflict("session.no_wechat_account", Texts.NoWechatAccount);

    private static async Task<Results<Ok<SubscriptionsAnswer>, ProblemHttpResult>> Report(
        SubscriptionReport body, CurrentCustomer me, HttpRequest request, [FromServices] ISubscriptionConsents consents, Db db, TimeProvider clock, CancellationToken ct)
    {
        if (body.ReportId is not { Length: >= 8 and <= 64 } reportId || !reportId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new BadInput("reportId", Texts.ReportIdWrong);
        if (body.Results is not { Count: >= 1 and <= MostAnswers } results) throw new BadInput("results", Texts.SubscriptionResultsWrong);
        if (await App(request, db, clock, ct).ConfigureAwait(false) is not { } appId) return Problems.Conflict("session.no_wechat_account", Texts.NoWechatAccount);
        var customer = CustomerId.Parse(me.Id);
        await consents.Report(customer, appId, [.. results.Select(r => new SubscriptionAnswer(r.Key, r.Value == "accept"))], reportId, ct).ConfigureAwait(false);
        return TypedResults.Ok(new SubscriptionsAnswer(await consents.Of(customer, appId, ct).ConfigureAwait(false)));
    }

    private static async Task<string?> App(HttpRequest request, Db db, TimeProvider clock, CancellationToken ct) =>
        await CustomerSessions.AppOf(db, clock, CustomerBearer.TokenOf(request) ?? "", ct).ConfigureAwait(false) is { Length: > 0 } appId ? appId : null;
}

/// <summary>A report of what a customer chose.</summary>
/// <param name="ReportId">8 to 64 letters, digits, <c>-</c>, <c>_</c>; the same for repetitions.</param>
/// <param name="Results">Template id → <c>accept</c> or anything else for no.</param>
internal sealed record SubscriptionReport(string? ReportId, IReadOnlyDictionary<string, string>? Results);

/// <summary>Templates and what is agreed to.</summary>
/// <param name="Templates">The templates of the account that the session was opened through.</param>
internal sealed record SubscriptionsAnswer(IReadOnlyList<SubscriptionState> Templates);
