using Courier.Kernel.Modules;

namespace Courier.Services.Staff;

/// <summary>Table of contents of the capability.</summary>
public static class StaffModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddStaff(this ModuleRegistry modules) => modules;
}
