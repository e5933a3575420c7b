using Courier.Kernel.Modules;

namespace Courier.Services.Notifications;

/// <summary>Table of contents of the capability.</summary>
public static class NotificationsModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddNotifications(this ModuleRegistry modules) => modules;
}
