using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Addresses.Book;
using Courier.Services.Addresses.Parsing;
using Courier.Services.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Addresses;

/// <summary>Table of contents of the capability: the divisions of China, reading of pasted text, and customers' address books.</summary>
public static class AddressesModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddAddresses(this ModuleRegistry modules)
    {
        modules.Services.AddSingleton<Divisions>();
        modules.Services.AddSingleton<AddressParser>();
        modules.Services.AddSingleton<IPersonalData, AddressesPersonalData>();
        return modules
            .Reaction<CustomerMerged, MoveBookWhenCustomersMerged>("addresses.move_book")
            .Reaction<CustomerMergeUndone, MoveBookBackWhenMergeUndone>("addresses.move_book_back")
            .Job<PurgeAddresses>("addresses.purge", JobSchedule.At("0 15 3 * * ?"));
    }
}
