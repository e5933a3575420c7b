using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.CallCenter;

/// <summary>The roles as rights name them.</summary>
internal static class RoleNames
{
    public static readonly string Admin = EnumText<StaffRole>.Of(StaffRole.Admin);
    public static readonly string Supervisor = EnumText<StaffRole>.Of(StaffRole.Supervisor);
    public static readonly string Agent = EnumText<StaffRole>.Of(StaffRole.Agent);
    public static readonly string Operator = EnumText<StaffRole>.Of(StaffRole.Operator);
}
