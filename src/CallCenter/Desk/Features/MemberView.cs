using Courier.Services.Staff;

namespace Courier.CallCenter;

/// <summary>A member of staff as the page shows it.</summary>
internal sealed record MemberView(
    StaffId Id, StaffName Name, string DisplayName, IReadOnlyList<StaffRole> Roles, bool Disabled, bool MustChangePassword, DateTimeOffset CreatedAt)
{
    public static MemberView Of(StaffMember m) => new(m.Id, m.Name, m.DisplayName, m.Roles, m.Disabled, m.MustChangePassword, m.CreatedAt);
}
