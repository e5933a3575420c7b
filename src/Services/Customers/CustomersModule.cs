using Courier.Kernel.Modules;

namespace Courier.Services.Customers;

/// <summary>Table of contents of the capability.</summary>
public static class CustomersModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddCustomers(this ModuleRegistry modules) => modules;
}
