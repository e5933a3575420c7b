using Courier.Kernel.Modules;

namespace Courier.Services.Knowledge;

/// <summary>Table of contents of the capability.</summary>
public static class KnowledgeModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddKnowledge(this ModuleRegistry modules) => modules;
}
