using System.Globalization;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Calendars;
using Courier.Services.Orders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Orders;

/// <summary>When a courier can come.</summary>
internal static class SlotEndpoints
{
    public static void MapSlots(this RouteGroupBuilder slots) =>
        slots.MapGet("", List).ForGuests(perMinute: 120).WithName("ListSlots").WithSummary("The pickup slots of a day in a district")
            .WithDescription("Guests and customers. Query: province, city, district (the sender's), date (yyyy-MM-dd, China; today when missing). A slot closes two hours before its end. "
                + "`next` is the first slot that can be booked on that day or later. 400 when the place is not known.");

    private static async Task<Ok<SlotsAnswer>> List(
        string? province, string? city, string? district, string? date, Db db, TimeProvider clock, OrdersOptions options, Divisions divisions, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(province) || province.Length > 40 || city?.Length > 40 || district?.Length > 40
            || divisions.Locate(province.Trim(), city?.Trim() ?? "", district?.Trim() ?? "") is not { } place) throw new BadInput("district", Texts.PlaceUnknown);
        var slots = await ListSlots.Execute(db, clock, options, place, Day(date, clock), ct).ConfigureAwait(false);
        return TypedResults.Ok(new SlotsAnswer(slots.Slots.Any(s => s.State == SlotState.Open), slots.Slots, slots.Next));
    }

    private static DateOnly Day(string? date, TimeProvider clock) => string.IsNullOrEmpty(date) ? ChinaTime.Day(clock.GetUtcNow())
        : DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new BadInput("date", Texts.DateWrong);
}

/// <summary>The slots of a day.</summary>
/// <param name="Bookable">Can any of them be booked?</param>
/// <param name="Slots">In their order.</param>
/// <param name="Next">The first that can be booked on that day or later; null when there is none.</param>
internal sealed record SlotsAnswer(bool Bookable, IReadOnlyList<ListedSlot> Slots, ListedSlot? Next);
