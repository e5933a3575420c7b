using System.Globalization;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>The audit trail, for administrators and supervisors; it can only be read.</summary>
internal static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var audit = desk.MapGroup("/audit").ForStaff(RoleNames.Admin, RoleNames.Supervisor);
        audit.MapGet("", List);
        audit.MapGet("/check", async (Db db, CancellationToken ct) => new CheckView(await AuditTrail.FirstBroken(db, ct).ConfigureAwait(false)));
    }

    private static async Task<Page<AuditTrail.Entry>> List(
        DateTimeOffset? since, DateTimeOffset? until, string? subject, StaffId? who, PageRequest page, Db db, CancellationToken ct)
    {
        long? before = page.After is null ? null
            : long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence
            : throw new BadInput("cursor", Texts.CursorWrong);
        var entries = await AuditTrail.List(db, new(since, until, subject, who, before), page.Limit, ct).ConfigureAwait(false);
        return Page<AuditTrail.Entry>.Of(entries, entries.Count == page.Limit ? entries[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>Number of the first entry that was changed or is missing; null when the trail is whole.</summary>
    internal sealed record CheckView(long? FirstBroken);
}
