using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Network;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Outlets: operators look them up, change their hours, close and open them; agents look them up for customers.</summary>
internal static class OutletEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var outlets = desk.MapGroup("/outlets");
        outlets.MapGet("", List).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor, RoleNames.Agent);
        outlets.MapPut("/{code}", Change).ForStaff(RoleNames.Operator, RoleNames.Admin);
    }

    private static async Task<Page<OutletView>> List(string? text, bool? closed, PageRequest page, Db db, TimeProvider clock, CancellationToken ct)
    {
        var outlets = await ListOutlets.Execute(db, text ?? "", closed ?? false, page.After, page.Limit, ct).ConfigureAwait(false);
        return Page<OutletView>.Of([.. outlets.Select(o => OutletView.Of(o, clock.GetUtcNow()))], outlets.Count == page.Limit ? outlets[^1].Code : null);
    }

    private static async Task<Results<Ok<OutletView>, ProblemHttpResult>> Change(
        string code, OutletBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct)
    {
        if (!DailyHours.TryParse(body.Hours, out var hours)) throw new BadInput("hours", Texts.HoursWrong);
        if (hours.Text.Length > OutletBody.LongestHours) throw new BadInput("hours", Texts.HoursWrong);
        var reason = new ReasonBody(body.Reason).Checked();
        return await ChangeOutlet.Execute(db, clock, StaffId.Parse(me.Id), code, hours, body.Closed, reason, ct).ConfigureAwait(false)
            ? TypedResults.Ok(OutletView.Of((await ListOutlets.Find(db, code, ct).ConfigureAwait(false))!, clock.GetUtcNow()))
            : Problems.NotFound();
    }

    internal sealed record OutletBody(string Hours, bool Closed, string? Reason)
    {
        public const int LongestHours = 100;
    }

    internal sealed record OutletView(string Code, string Name, string Address, string Phone, string Hours, bool Closed, bool OpenNow)
    {
        public static OutletView Of(Outlet o, DateTimeOffset now) => new(o.Code, o.Name, o.Address, o.Phone, o.Hours, o.IsClosed, o.IsOpen(now));
    }
}
