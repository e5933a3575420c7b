using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Knowledge;

/// <summary>Table of contents of the capability: what may be sent, and frequent questions.</summary>
public static class KnowledgeModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddKnowledge(this ModuleRegistry modules)
    {
        TypeHandlers.AddEnum<GoodsVerdict>();
        modules.Services.AddSingleton<KnowledgeIndex>();
        return modules.AtStart<LoadKnowledge>();
    }
}
