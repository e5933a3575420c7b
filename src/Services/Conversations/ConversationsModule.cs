using Courier.Kernel.Modules;

namespace Courier.Services.Conversations;

/// <summary>Table of contents of the capability.</summary>
public static class ConversationsModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddConversations(this ModuleRegistry modules) => modules;
}
