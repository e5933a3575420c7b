using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Customers.Imports;
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
        TypeHandlers.AddText<CreditCode>();
        TypeHandlers.AddEnum<OrganisationRole>();
        TypeHandlers.AddEnum<MergeReason>();
        TypeHandlers.AddEnum<ConsentKind>();
        TypeHandlers.AddEnum<ConsentChannel>();
        TypeHandlers.AddEnum<ConsentGround>();
        TypeHandlers.AddEnum<CustomerMeasure>();
        TypeHandlers.AddEnum<SegmentKind>();
        TypeHandlers.AddEnum<TagKind>();
        TypeHandlers.AddEnum<PrivacyRequestKind>();
        TypeHandlers.AddEnum<PrivacyRequestState>();
        TypeHandlers.AddEnum<CustomerField>();
        TypeHandlers.AddEnum<FieldOrigin>();
        TypeHandlers.AddEnum<ImportState>();
        TypeHandlers.AddEnum<ImportOutcome>();
        TypeHandlers.AddEnum<ConflictState>();
        modules.Options<SmsOptions>("Sms");
        modules.Options<CustomersOptions>("Customers");
        modules.Options<ImportsOptions>("Customers:Imports");
        TypeHandlers.AddEnum<LookedAtWhat>();
        modules.Services.AddSingleton<CustomerAccesses>();
        modules.Services.TryAddSingleton<ISmsSender, HttpSmsSender>();
        modules.Services.AddSingleton<ImportFolders>().AddSingleton<ImportDownload>().AddSingleton<TakeFile>();
        modules.Services.AddSingleton<IPersonalData, CustomersPersonalData>().AddSingleton<IPersonalData, ConsentsPersonalData>().AddSingleton<IPersonalData, ProfilePersonalData>()
            .AddSingleton<IPersonalData, OrganisationsPersonalData>().AddSingleton<IPersonalData, RecordPersonalData>();
        return modules
            .AtStart<SeedDemoSegments>()
            .Job<PurgeCustomerSecrets>("customers.purge_secrets", JobSchedule.At("0 30 3 * * ?"))
            .Job<JudgeCustomers>(JudgeCustomers.JobName, JobSchedule.Every(TimeSpan.FromSeconds(5)))
            .Job<CloseAccounts>(CloseAccounts.JobName, JobSchedule.Every(TimeSpan.FromMinutes(1)))
            .Job<VerifyConsentChains>(VerifyConsentChains.JobName, JobSchedule.At("0 15 4 * * ?"))
            .Job<RunImports>(ImportSources.JobName, JobSchedule.Every(TimeSpan.FromSeconds(15)))
            .Job<PurgeImports>("customers.purge_imports", JobSchedule.At("0 50 3 * * ?"))
            .Job<EraseCustomers>(EraseCustomer.JobName, JobSchedule.Every(TimeSpan.FromMinutes(1)));
    }
}
