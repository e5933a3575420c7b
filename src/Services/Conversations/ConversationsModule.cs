using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Conversations;

/// <summary>Table of contents of the capability: messages with a customer over any channel, whose turn it is, the hand-off to a person.</summary>
public static class ConversationsModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddConversations(this ModuleRegistry modules)
    {
        TypeHandlers.AddEnum<ConversationOwner>();
        TypeHandlers.AddEnum<MessageAuthor>();
        modules.Options<ConversationsOptions>("Conversations");
        modules.Services.AddSingleton<IPersonalData, ConversationsPersonalData>();
        return modules
            .Reaction<CustomerMerged, JoinConversationsWhenCustomersMerged>("conversations.join_merged")
            .Reaction<CustomerMergeUndone, PartConversationsWhenMergeUndone>("conversations.part_again")
            .Job<PurgeConversations>("conversations.purge", JobSchedule.At("0 50 3 * * ?"));
    }
}
