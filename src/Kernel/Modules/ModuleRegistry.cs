using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Kernel.Modules;

/// <summary>
/// What the capabilities bring: services, events, reactions and jobs. Every process registers all of it; a role only decides
/// what is run. A capability's <c>AddX(this ModuleRegistry)</c> is its table of contents.
/// </summary>
/// <param name="services">The container that is being built.</param>
/// <param name="settings">Where options come from.</param>
public sealed class ModuleRegistry(IServiceCollection services, ISettings settings)
{
    private readonly List<ReactionRegistration> _reactions = [];
    private readonly List<JobRegistration> _jobs = [];

    /// <summary>The container that is being built.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>All reactions in the order of registration.</summary>
    public IReadOnlyList<ReactionRegistration> Reactions => _reactions;

    /// <summary>All scheduled jobs in the order of registration.</summary>
    public IReadOnlyList<JobRegistration> Jobs => _jobs;

    /// <summary>Reads and checks the options of a section and registers them as a singleton.</summary>
    public T Options<T>(string section) where T : class, ICheckedOptions, new()
    {
        var options = settings.Read<T>(section);
        Services.AddSingleton(options);
        return options;
    }

    /// <summary>Registers work that is done once at start, in the order of registration.</summary>
    public ModuleRegistry AtStart<TTask>() where TTask : class, IStartupTask
    {
        Services.AddSingleton<IStartupTask, TTask>();
        return this;
    }

    /// <summary>Registers a reaction that handles one event at a time; its changes and "done" commit together.</summary>
    /// <param name="name">Stable name, stored with each delivery: <c>capability.what_it_does</c>.</param>
    /// <param name="order">Whether events of one aggregate must be handled in their order.</param>
    public ModuleRegistry Reaction<TEvent, TReaction>(string name, DeliveryOrder order = DeliveryOrder.None)
        where TEvent : class, IEvent where TReaction : class, IReaction<TEvent>
    {
        Services.AddScoped<TReaction>();
        _reactions.Add(ReactionRegistration.Single<TEvent, TReaction>(name, order));
        return this;
    }

    /// <summary>Registers a reaction that takes several events in one transaction.</summary>
    /// <param name="name">Stable name, stored with each delivery.</param>
    /// <param name="size">At most so many events a transaction.</param>
    /// <param name="order">Whether events of one aggregate must be handled in their order.</param>
    public ModuleRegistry BatchReaction<TEvent, TReaction>(string name, int size = 100, DeliveryOrder order = DeliveryOrder.None)
        where TEvent : class, IEvent where TReaction : class, IBatchReaction<TEvent>
    {
        Services.AddScoped<TReaction>();
        _reactions.Add(ReactionRegistration.Batch<TEvent, TReaction>(name, size, order));
        return this;
    }

    /// <summary>Registers a job that runs again and again; never twice at once, in no matter how many processes.</summary>
    /// <param name="name">Stable name: <c>capability.what_it_does</c>.</param>
    /// <param name="schedule">When it runs.</param>
    public ModuleRegistry Job<TJob>(string name, JobSchedule schedule) where TJob : class, IScheduledJob
    {
        Services.AddScoped<TJob>();
        _jobs.Add(new JobRegistration(name, typeof(TJob), schedule));
        return this;
    }
}
