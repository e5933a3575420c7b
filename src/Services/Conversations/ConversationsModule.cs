using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Customers;
using Courier.Services.Customers.Timeline;
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
        TypeHandlers.AddEnum<MediaState>();
        modules.Services.AddSingleton<IPersonalData, ConversationsPersonalData>().AddSingleton<ITimelinePart, ConversationsOfATimeline>();
        modules.Services.AddSingleton<MediaFiles>();
        return modules
            .Reaction<CustomerMerged, JoinConversationsWhenCustomersMerged>("conversations.join_merged")
            .Reaction<CustomerMergeUndone, PartConversationsWhenMergeUndone>("conversations.part_again")
            .Job<FetchMedia>(FetchMedia.JobName, JobSchedule.Every(TimeSpan.FromSeconds(5)))
            .Job<PurgeMedia>("conversations.purge_media", JobSchedule.At("0 55 3 * * ?"))
            .Job<PurgeConversations>("conversations.purge", JobSchedule.At("0 50 3 * * ?"));
    }
}
