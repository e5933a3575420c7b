using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;

namespace Courier.Services.Staff;

/// <summary>Table of contents of the capability.</summary>
public static class StaffModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddStaff(this ModuleRegistry modules)
    {
        TypeHandlers.AddEnum<StaffRole>();
        TypeHandlers.AddText<StaffId>();
        TypeHandlers.AddText<StaffName>();
        modules.Options<StaffOptions>("Staff");
        return modules
            .AtStart<DisableDemoStaff>()
            .AtStart<CreateFirstAdmin>()
            .AtStart<SeedDemoStaff>()
            .Job<PurgeStaffSessions>("staff.purge_sessions", JobSchedule.At("0 40 3 * * ?"));
    }
}
