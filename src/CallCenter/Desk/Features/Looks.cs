using Courier.Http;
using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.CallCenter;

/// <summary>Notes that the member of staff at the desk is shown customers' data; a test lists the endpoints that must.</summary>
internal static class Looks
{
    public static Task Note(this CustomerAccesses accesses, CurrentStaff me, LookedAtWhat what, IEnumerable<CustomerId> customers, CancellationToken ct) =>
        accesses.Note(StaffId.Parse(me.Id), me.Roles.Count > 0 ? me.Roles[0] : "", what, customers, ct);
}
