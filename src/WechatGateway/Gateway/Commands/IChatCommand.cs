using Courier.WechatGateway.Replies;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.WechatGateway.Commands;

/// <summary>Something that a word of the keyword table, a number or a menu entry starts.</summary>
internal interface IChatCommand
{
    /// <summary>Its name in the keyword table and in menu keys.</summary>
    string Name { get; }

    /// <summary>Does it know what to do with what follows its word?</summary>
    bool Takes(string rest) => rest.Length == 0;

    /// <summary>Does it and says what came of it.</summary>
    Task<string> Run(Ask ask, string rest, CancellationToken ct);
}

/// <summary>All commands by name.</summary>
internal sealed class ChatCommands(IServiceProvider services)
{
    private static readonly Type[] All = [typeof(CheckParties), typeof(ListMyParcels), typeof(CallHuman), typeof(LeaveHuman), typeof(BindPhoneHow), typeof(ShowGuidance), typeof(SendParcel), typeof(ListMyOrders), typeof(ListMyCodes)];

    private readonly Dictionary<string, IChatCommand> _byName =
        All.Select(t => (IChatCommand)ActivatorUtilities.CreateInstance(services, t)).ToDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>The command of this name; null when there is none.</summary>
    public IChatCommand? Find(string name) => _byName.GetValueOrDefault(name);
}
