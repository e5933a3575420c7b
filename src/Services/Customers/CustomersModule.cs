using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Courier.Services.Customers;

/// <summary>Table of contents of the capability.</summary>
public static class CustomersModule
{
    /// <summary>Registers the capability. <see cref="IWechatLogin"/> comes from the gateway.</summary>
    public static ModuleRegistry AddCustomers(this ModuleRegistry modules)
    {
        TypeHandlers.AddText<CustomerId>();
        TypeHandlers.AddText<OpenId>();
        TypeHandlers.AddEnum<MergeReason>();
        TypeHandlers.AddEnum<ConsentKind>();
        TypeHandlers.AddEnum<ConsentChannel>();
        TypeHandlers.AddEnum<ConsentGround>();
        modules.Options<SmsOptions>("Sms");
        modules.Options<CustomersOptions>("Customers");
        modules.Services.TryAddSingleton<ISmsSender, HttpSmsSender>();
        modules.Services.AddSingleton<IPersonalData, CustomersPersonalData>().AddSingleton<IPersonalData, ConsentsPersonalData>();
        return modules
            .Job<PurgeCustomerSecrets>("customers.purge_secrets", JobSchedule.At("0 30 3 * * ?"))
            .Job<VerifyConsentChains>(VerifyConsentChains.JobName, JobSchedule.At("0 15 4 * * ?"))
            .Job<EraseCustomers>(EraseCustomer.JobName, JobSchedule.Every(TimeSpan.FromMinutes(1)));
    }
}
