// Prints every case that cyclonus generates, step by step: the cluster, the policies, and what its
// own matcher says to each probe.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"github.com/mattfenwick/cyclonus/pkg/connectivity"
	"github.com/mattfenwick/cyclonus/pkg/connectivity/probe"
	"github.com/mattfenwick/cyclonus/pkg/generator"
	"github.com/mattfenwick/cyclonus/pkg/kube"
	"github.com/mattfenwick/cyclonus/pkg/matcher"
	"github.com/sirupsen/logrus"
	v1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

type probed struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Protocol string `json:"protocol"`
	Port     int    `json:"port"`
	Ingress  bool   `json:"ingress"`
	Egress   bool   `json:"egress"`
}

type step struct {
	Namespaces []v1.Namespace               `json:"namespaces"`
	Pods       []v1.Pod                     `json:"pods"`
	Policies   []networkingv1.NetworkPolicy `json:"policies"`
	Probes     []probed                     `json:"probes"`
}

type testCase struct {
	Name  string   `json:"name"`
	Tags  []string `json:"tags"`
	Steps []step   `json:"steps"`
}

var (
	namespaces = []string{"x", "y", "z"}
	pods       = []string{"a", "b", "c"}
	ports      = []int{80, 81}
	protocols  = []v1.Protocol{v1.ProtocolTCP, v1.ProtocolUDP, v1.ProtocolSCTP}
)

func main() {
	logrus.SetLevel(logrus.ErrorLevel)
	var cases []testCase
	for index := range casesFor(newState()) {
		// A case may change the cluster, so each has one of its own.
		state := newState()
		cases = append(cases, run(state, casesFor(state)[index]))
	}
	orDie(json.NewEncoder(os.Stdout).Encode(cases))
}

func newState() *connectivity.TestCaseState {
	cluster := kube.NewMockKubernetes(1)
	resources, err := probe.NewDefaultResources(cluster, namespaces, pods, ports, protocols, nil, 5, false, "")
	orDie(err)
	return &connectivity.TestCaseState{Kubernetes: cluster, Resources: resources}
}

func casesFor(state *connectivity.TestCaseState) []*generator.TestCase {
	pod, err := state.Resources.GetPod("z", "c")
	orDie(err)
	return generator.NewTestCaseGenerator(true, pod.IP, namespaces, nil, nil).GenerateTestCases()
}

func run(state *connectivity.TestCaseState, from *generator.TestCase) testCase {
	tags := from.Tags.Keys()
	sort.Strings(tags)
	result := testCase{Name: from.Description, Tags: tags}
	for _, one := range from.Steps {
		for _, action := range one.Actions {
			orDie(perform(state, action))
		}
		result.Steps = append(result.Steps, judged(state, one.Probe))
	}
	return result
}

func perform(state *connectivity.TestCaseState, action *generator.Action) error {
	switch {
	case action.CreatePolicy != nil:
		return state.CreatePolicy(action.CreatePolicy.Policy)
	case action.UpdatePolicy != nil:
		return state.UpdatePolicy(action.UpdatePolicy.Policy)
	case action.DeletePolicy != nil:
		return state.DeletePolicy(action.DeletePolicy.Namespace, action.DeletePolicy.Name)
	case action.CreateNamespace != nil:
		return state.CreateNamespace(action.CreateNamespace.Namespace, action.CreateNamespace.Labels)
	case action.SetNamespaceLabels != nil:
		return state.SetNamespaceLabels(action.SetNamespaceLabels.Namespace, action.SetNamespaceLabels.Labels)
	case action.DeleteNamespace != nil:
		return state.DeleteNamespace(action.DeleteNamespace.Namespace)
	case action.ReadNetworkPolicies != nil:
		return state.ReadPolicies(action.ReadNetworkPolicies.Namespaces)
	case action.CreatePod != nil:
		return state.CreatePod(action.CreatePod.Namespace, action.CreatePod.Pod, action.CreatePod.Labels)
	case action.SetPodLabels != nil:
		return state.SetPodLabels(action.SetPodLabels.Namespace, action.SetPodLabels.Pod, action.SetPodLabels.Labels)
	case action.DeletePod != nil:
		return state.DeletePod(action.DeletePod.Namespace, action.DeletePod.Pod)
	}
	return fmt.Errorf("an action of no kind")
}

func judged(state *connectivity.TestCaseState, config *generator.ProbeConfig) step {
	policy := matcher.BuildNetworkPolicies(true, state.Policies)
	jobs := (&probe.JobBuilder{TimeoutSeconds: 1}).GetJobsForProbeConfig(state.Resources, config)
	result := step{}
	for _, job := range jobs.Valid {
		allowed := policy.IsTrafficAllowed(job.Traffic())
		result.Probes = append(result.Probes, probed{
			From:     job.FromKey,
			To:       job.ToKey,
			Protocol: string(job.Protocol),
			Port:     job.ResolvedPort,
			Ingress:  allowed.Ingress.IsAllowed(),
			Egress:   allowed.Egress.IsAllowed(),
		})
	}
	for name, labels := range state.Resources.Namespaces {
		namespace := *probe.KubeNamespace(name, labels)
		namespace.APIVersion, namespace.Kind = "v1", "Namespace"
		result.Namespaces = append(result.Namespaces, namespace)
	}
	for _, one := range state.Resources.Pods {
		pod := *one.KubePod()
		pod.APIVersion, pod.Kind = "v1", "Pod"
		pod.Status.PodIP = one.IP
		result.Pods = append(result.Pods, pod)
	}
	for _, one := range state.Policies {
		policy := *one
		policy.APIVersion, policy.Kind = "networking.k8s.io/v1", "NetworkPolicy"
		result.Policies = append(result.Policies, policy)
	}
	return result
}

func orDie(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
